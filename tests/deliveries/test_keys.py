"""The pseudonym key: every rule about its file, and one key per organisation."""

import hashlib
import hmac
from pathlib import Path

import pytest

from pipelines.deliveries.keys import (
    EXAMPLE_KEY_MARK,
    REPOSITORY,
    PseudonymKey,
    expand_secret,
    read_key,
)
from pipelines.errors import UserError

RANDOM = hashlib.sha256(b"a").digest() + hashlib.sha256(b"b").digest()
EXAMPLE = EXAMPLE_KEY_MARK + b": protects nobody\n"


@pytest.fixture
def place(tmp_path):
    for name in ("inbox/org", "home", "secret"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def write_key(path: Path, content: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


def read(place: Path, key_file: Path) -> PseudonymKey:
    return read_key(key_file, place / "inbox", place / "home")


def test_good_key_is_read_and_never_shown(place):
    key = read(place, write_key(place / "secret" / "key", RANDOM))

    assert key.content == RANDOM
    assert repr(key) == "PseudonymKey(...)"


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (RANDOM[:31], 0o600, "too short"),
        (b"", 0o600, "too short"),
        (bytes(64), 0o600, "too simple"),
        (RANDOM, 0o640, "Other users"),
        (RANDOM, 0o604, "Other users"),
    ],
)
def test_bad_key_is_refused_with_the_way_to_make_a_good_one(place, content, mode, said):
    with pytest.raises(UserError, match=said) as raised:
        read(place, write_key(place / "secret" / "key", content, mode))
    assert raised.value.exit_code == 2
    assert "head -c 32 /dev/urandom" in str(raised.value)


def test_missing_key_and_folder_as_key_are_refused(place):
    for path in (place / "secret" / "key", place / "secret"):
        with pytest.raises(UserError, match="no key file"):
            read(place, path)


@pytest.mark.parametrize("folder", ["home", "inbox", "inbox/org"])
def test_key_inside_home_or_inbox_is_refused(place, folder):
    with pytest.raises(UserError, match="lies inside"):
        read(place, write_key(place / folder / "key", RANDOM))


def test_key_reached_by_a_link_is_judged_by_its_real_place(place):
    write_key(place / "home" / "key", RANDOM)
    (place / "secret" / "key").symlink_to(place / "home" / "key")

    with pytest.raises(UserError, match="lies inside"):
        read(place, place / "secret" / "key")


def test_example_key_opens_only_an_inbox_of_listed_invented_organisations(place):
    key_file = write_key(place / "secret" / "copy", EXAMPLE, 0o644)
    marker = place / "inbox" / ".sample"

    with pytest.raises(UserError, match="protects nobody"):
        read(place, key_file)
    marker.write_text("org\n")
    assert read(place, key_file).content == EXAMPLE

    (place / "inbox" / "echt").mkdir()
    with pytest.raises(UserError, match="protects nobody"):
        read(place, key_file)
    marker.write_text("")
    with pytest.raises(UserError, match="protects nobody"):
        read(place, key_file)


def test_shipped_example_key_opens_the_shipped_inbox_and_no_other(place):
    sample = REPOSITORY / "sample_data"

    assert read_key(sample / "example.key", sample / "inbox", place / "home").content
    with pytest.raises(UserError, match="protects nobody"):
        read(place, sample / "example.key")


def test_derivation_is_hkdf_sha256_as_in_rfc_5869():
    # Test case 3 of RFC 5869 (no salt, no info), first block.
    secret = b"\x0b" * 22
    expected = bytes.fromhex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d")
    assert expand_secret(secret, b"") == expected


def test_every_organisation_has_a_key_of_its_own():
    key = PseudonymKey(RANDOM)
    extracted = hmac.new(bytes(32), RANDOM, hashlib.sha256).digest()

    assert key.derive("a") != key.derive("b")
    assert key.derive("a") == hmac.new(extracted, b"pseudonym|1|a\x01", hashlib.sha256).digest()
    assert key.fingerprint != PseudonymKey(RANDOM[::-1]).fingerprint
    assert bytes.fromhex(key.fingerprint) not in key.derive("a")
