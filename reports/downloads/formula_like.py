"""Text that a spreadsheet would take for a formula. Names come from outside: a team can be called
``=cmd|...``, and whoever opens the file must see a name and run nothing.
"""

# A tab or a line end before the sign is skipped by some programs, so these count as well.
FIRST_CHARACTERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_formula_like(text: str) -> bool:
    """True when a spreadsheet might run the text instead of showing it."""
    return text.lstrip(" ").startswith(FIRST_CHARACTERS)
