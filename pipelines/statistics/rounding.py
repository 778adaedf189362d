"""Rounding of counts before they are shown elsewhere.

What does not belong here: deciding what must be hidden so that nobody can be found; rounding alone
does not do that.
"""


def redact_and_round(count: int, redact_at_most: int = 7, base: int = 5) -> int | None:
    """The count to the nearest multiple of ``base`` (halves up); empty at or below the limit.

    A total over rounded counts is the sum of the rounded counts that are shown.

    Source: OpenSAFELY documentation, outputs and statistical disclosure control.
    """
    if count <= redact_at_most:
        return None
    return (count + base // 2) // base * base


def round_to_midpoint(count: int, base: int = 6) -> int:
    """The midpoint of the block of ``base`` counts in which it falls: 0 stays 0, 1..6 become 3.

    Source: OpenSAFELY documentation, midpoint-6 rounding.
    """
    return -(-count // base) * base - base // 2 if count else 0


def redact_small_count(count: int) -> int | None:
    """Zero is shown, 1 to 7 are hidden (empty), others to the nearest five.

    Source: NHS England, Hospital Episode Statistics, sub-national counts.
    """
    return 0 if count == 0 else redact_and_round(count)
