"""Names that come from outside (files, sheets, headers) without what may not be kept of a person.

A name of a person cannot be told from another word; a BSN and an e-mail address can.
"""

import re

from pipelines.deliveries.gates import BSN_WEIGHTS, EMAIL, HELD_BACK_MARK

DIGITS = re.compile(r"(?<!\d)\d{8,9}(?!\d)|(?<!\d)\d{4}[ .-]\d{2}[ .-]\d{3}(?!\d)")
DATE = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])")
EMAIL_PATTERN = re.compile(EMAIL)


def mask_personal(name: str) -> str:
    """The name with every BSN and e-mail address in it replaced by a mark."""
    masked = EMAIL_PATTERN.sub(HELD_BACK_MARK, name)
    return DIGITS.sub(lambda found: _mask_bsn(found.group()), masked)


def _mask_bsn(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    # Eight digits in the name of a file are a date far more often than a number of a person.
    if DATE.fullmatch(digits):
        return text
    padded = digits.rjust(9, "0")
    total = sum(w * int(digit) for w, digit in zip(BSN_WEIGHTS, padded, strict=True))
    return HELD_BACK_MARK if int(digits) and total % 11 == 0 else text
