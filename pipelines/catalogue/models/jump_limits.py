"""When a file differs so much from the one before it that somebody must look first."""

from pydantic import Field

from pipelines.catalogue.models.base import Declaration, Provenance


class JumpLimits(Declaration):
    """How far a file may be from the previous one of the same export; shares are 0-1."""

    limits: str
    provenance: Provenance
    minimum_rows: int = Field(ge=1)  # after a file with fewer rows nothing is judged
    fewest_rows_share: float = Field(gt=0, lt=1)  # of the rows of the previous file
    most_rows_share: float = Field(gt=1)
    # A smaller file of an export that is not complete is a correction: it takes nothing away.
    correction_share: float = Field(ge=0, lt=1)
    filled_share: float = Field(gt=0, le=1)  # a column that was filled in so many rows ...
    emptied_share: float = Field(ge=0, lt=1)  # ... may not be filled in only so many now
    code_rise_share: float = Field(gt=0, le=1)  # by so much may the share of a code rise
    code_gone_share: float = Field(gt=0, le=1)  # a code with this share may not be gone
