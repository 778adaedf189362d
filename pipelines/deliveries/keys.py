"""The pseudonym key: where it may come from, and the key of each organisation made from it.

The key file holds at least 32 random bytes and lies outside inbox, home and repository. The
published example key of the sample data protects nobody and opens only an inbox that lists the
invented organisations it is meant for.
"""

import hashlib
import hmac
import stat
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import UserError

FIRST_KEY_VERSION = 1
MINIMUM_KEY_BYTES = 32
# The published key announces itself, so that a copy of it is known under any name.
EXAMPLE_KEY_MARK = b"krachtwerk example key"
# Lies in the sample inbox; one folder name of an invented organisation per line.
SAMPLE_MARKER = ".sample"
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class PseudonymKey:
    """The key of this installation."""

    content: bytes

    def __repr__(self) -> str:
        return "PseudonymKey(...)"

    @property
    def fingerprint(self) -> str:
        """Tells two keys apart without telling anything about either."""
        return expand_secret(self.content, b"fingerprint").hex()[:16]

    def derive(self, organisation_id: str, version: int = FIRST_KEY_VERSION) -> bytes:
        """The 32-byte key of one organisation and key version (HKDF-SHA-256, RFC 5869)."""
        return expand_secret(self.content, f"pseudonym|{version}|{organisation_id}".encode())

    def derive_chain(self, organisation_id: str, version: int) -> tuple[bytes, ...]:
        """The keys by which an id becomes a pseudonym of ``version``, in the order of their use.

        A hash of version 2 is the hash, under the second key, of the hash of version 1: so that a
        landing file can be carried over without the export it came from.
        """
        versions = range(FIRST_KEY_VERSION, version + 1)
        return tuple(self.derive(organisation_id, one) for one in versions)

    def derive_tombstone_key(self, organisation_id: str, version: int) -> bytes:
        """The key under which an organisation's tombstones are sealed."""
        return expand_secret(self.content, f"tombstone|{version}|{organisation_id}".encode())


def read_key(key_file: Path, inbox: Path, home: Path) -> PseudonymKey:
    """The key in ``key_file``, after every check.

    Raises:
        UserError: the file is missing, too short, open to other users, in the wrong place, or the
            example key is used outside the sample data.
    """
    if not key_file.is_file():
        raise _fault("There is no key file.", key_file)
    content = key_file.read_bytes()
    if EXAMPLE_KEY_MARK in content:
        _check_sample_inbox(key_file, inbox)
        return PseudonymKey(content)
    if len(content) < MINIMUM_KEY_BYTES or len(set(content)) < MINIMUM_KEY_BYTES // 4:
        raise _fault("The key is too short or too simple.", key_file)
    if stat.S_IMODE(key_file.stat().st_mode) & 0o077:
        raise _fault("Other users of this machine may read the key file.", key_file)
    place = key_file.resolve()
    for forbidden in (inbox, home, REPOSITORY):
        if forbidden.resolve() in place.parents:
            raise _fault(f"The key file lies inside {forbidden}.", key_file)
    return PseudonymKey(content)


def _check_sample_inbox(key_file: Path, inbox: Path) -> None:
    marker = inbox / SAMPLE_MARKER
    invented = marker.read_text(encoding="utf-8").splitlines() if marker.is_file() else []
    folders = (path.name for path in inbox.iterdir()) if inbox.is_dir() else ()
    real = sorted(name for name in folders if not name.startswith(".") and name not in invented)
    if not invented or any((inbox / name).is_dir() for name in real):
        raise _fault("The published example key protects nobody; it is for sample data.", key_file)


def _fault(what: str, key_file: Path) -> UserError:
    return UserError(
        what=what,
        where=f"{key_file} (KRACHTWERK_KEY_FILE)",
        expected=f"a file of at least {MINIMUM_KEY_BYTES} random bytes, mode 600, outside"
        " repository, home and inbox",
        to_do="Make one with `(umask 077; head -c 32 /dev/urandom > FILE)`, keep a copy in a safe"
        " place, and name it in KRACHTWERK_KEY_FILE.",
    )


def expand_secret(secret: bytes, info: bytes) -> bytes:
    """HKDF with an empty salt, one block of 32 bytes."""
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
