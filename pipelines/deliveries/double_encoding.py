"""Repairs text that was encoded twice: UTF-8 bytes once read as Windows-1252 (`CliÃ«nt`)."""

import re
import unicodedata

# Bytes that Windows-1252 leaves undefined; programs read them as the control character.
_UNDEFINED = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_CHARACTERS = {
    byte: _UNDEFINED.get(byte) or bytes([byte]).decode("cp1252") for byte in range(0x80, 0x100)
}
_BYTES = {character: byte for byte, character in _CHARACTERS.items()}
_FOLLOWING = "[" + re.escape("".join(_CHARACTERS[byte] for byte in range(0x80, 0xC0))) + "]"

# A cell to repair has one of these in it; the search for them is done in SQL. They open the
# accented letters and the punctuation of European languages; what opens other scripts is left out,
# for it is more often a capital of its own.
MARKS = ("Â", "Ã", "Ä", "Å", "â€", "â‚", "â„")
_DOUBLE = re.compile(f"[ÂÃÄÅ]{_FOLLOWING}|â[€‚„]{_FOLLOWING}")


def repair_text(text: str) -> str:
    """The text with every double-encoded character repaired, in normal form C."""
    return unicodedata.normalize("NFC", _DOUBLE.sub(_repair, text))


def _repair(match: re.Match[str]) -> str:
    encoded = bytes(_BYTES[character] for character in match.group())
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
