"""Names from outside as pages and files show them: one line, in reading order, nothing invisible.

A name of a team, an organisation or a file comes from an export. Escaping keeps its markup from
working; here it loses what escaping does not touch. Not here: escaping, and names of files of ours.
"""

import unicodedata

# Letters and digits of scripts that run from right to left (Unicode, annex 9).
RIGHT_TO_LEFT = {"R", "AL", "AN"}
# Control, format and other code points that draw nothing, also the marks that turn the direction
# of a whole line. The joiner stays: emoji of several people are made with it.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = {"\u200c", "\u200d"}
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


def show_name(name: str | None, instead: str = "") -> str:
    """The name on one line without invisible characters, isolated when it runs right to left.

    Args:
        instead: what to show when nothing of the name can be seen.
    """
    visible = "".join(
        character if character in JOINERS or unicodedata.category(character) not in INVISIBLE
        else " " if character.isspace() else ""
        for character in name or ""
    )  # fmt: skip
    line = " ".join(visible.split())
    if not line.strip("".join(JOINERS) + " "):
        return instead
    if any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in line):
        return f"{ISOLATE}{line}{END_OF_ISOLATE}"
    return line
