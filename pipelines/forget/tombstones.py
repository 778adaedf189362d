"""The keyed tombstones of forgotten clients: read with the key file only, useless without it.

A tombstone is the pseudonym of a client, or of a record of theirs, sealed under a key of its own
(a synthetic nonce over the pseudonym, then a keyed stream), so that it can be opened to recognise a
re-delivery and to be carried over to another key. It is never the pseudonym itself.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pipelines.deliveries.journal import KEY_VERSION, TOMBSTONE, append_event, read_events

NONCE_BYTES = 10

# kind ("client" or a record kind) -> pseudonyms
Pseudonyms = dict[str, set[str]]


def seal(key: bytes, kind: str, pseudonym: str) -> str:
    """The tombstone of a pseudonym of 20 hex characters; the same pseudonym gives the same."""
    content = bytes.fromhex(pseudonym)
    nonce = _make_nonce(key, kind, content)
    return (nonce + _mask(key, nonce, content)).hex()


def unseal(key: bytes, kind: str, tombstone: str) -> str | None:
    """The pseudonym in a tombstone; None when it was sealed under another key or kind."""
    sealed = bytes.fromhex(tombstone)
    nonce, content = sealed[:NONCE_BYTES], _mask(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:])
    return content.hex() if hmac.compare_digest(nonce, _make_nonce(key, kind, content)) else None


def _make_nonce(key: bytes, kind: str, content: bytes) -> bytes:
    return hmac.new(key, b"nonce|" + kind.encode() + b"|" + content, sha256).digest()[:NONCE_BYTES]


def _mask(key: bytes, nonce: bytes, content: bytes) -> bytes:
    stream = hmac.new(key, b"stream|" + nonce, sha256).digest()
    return bytes(a ^ b for a, b in zip(content, stream, strict=False))


def read_tombstones(journal: Path, organisation_id: str, key: bytes) -> Pseudonyms:
    """The pseudonyms of everything that is forgotten of one organisation, under its present key.

    A change of key seals all of them anew, so that older lines do not count after it.
    """
    found: Pseudonyms = {}
    for event in read_events(journal):
        if event.get("organisation_id") != organisation_id:
            continue
        if event["event"] == KEY_VERSION:
            found = {}
        if event["event"] in (KEY_VERSION, TOMBSTONE):
            for kind, tombstones in event["tombstones"].items():
                opened = {unseal(key, kind, one) for one in tombstones}
                found.setdefault(kind, set()).update(one for one in opened if one is not None)
    return found


def list_organisations_with_tombstones(journal: Path) -> tuple[str, ...]:
    """The organisations of which a client was forgotten, in order."""
    return tuple(
        sorted({e["organisation_id"] for e in read_events(journal) if e["event"] == TOMBSTONE})
    )


def seal_all(key: bytes, pseudonyms: Pseudonyms) -> dict[str, list[str]]:
    """kind -> sorted tombstones; the order tells nothing."""
    return {
        kind: sorted(seal(key, kind, one) for one in values)
        for kind, values in sorted(pseudonyms.items())
        if values
    }


def record_tombstones(
    journal: Path, organisation_id: str, key: bytes, pseudonyms: Pseudonyms
) -> None:
    """Writes down what is to be forgotten from now on; what stands already is left out."""
    known = read_tombstones(journal, organisation_id, key)
    new = subtract(pseudonyms, known)
    if new:
        event = {"event": TOMBSTONE, "organisation_id": organisation_id}
        append_event(journal, {**event, "tombstones": seal_all(key, new)})


def subtract(pseudonyms: Pseudonyms, known: Pseudonyms) -> Pseudonyms:
    """What is in the first and not in the second."""
    left = {kind: values - known.get(kind, set()) for kind, values in pseudonyms.items()}
    return {kind: values for kind, values in left.items() if values}


def unite(pseudonyms: Iterable[Pseudonyms]) -> Pseudonyms:
    """Everything that is in any of them."""
    united: Pseudonyms = {}
    for one in pseudonyms:
        for kind, values in one.items():
            united.setdefault(kind, set()).update(values)
    return united
