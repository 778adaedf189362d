"""Why a row is quarantined, and what is worth a warning: machine names and their words.

The words of a hard or soft row rule stand in the rule's own declaration; those of the codes here in
``catalogue/words/<language>/reasons.yaml``.
"""

from enum import StrEnum
from importlib import resources
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.catalogue.loader import read_yaml


class Reason(StrEnum):
    """A hard fault of a row; beside these every hard row rule is a reason by its own name."""

    MISSING_KEY = "missing_key"
    MISSING_REQUIRED = "missing_required"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_INTEGER = "not_an_integer"
    DECIMAL_DOES_NOT_FIT = "decimal_does_not_fit"
    NOT_YES_NO = "not_yes_no"
    UNKNOWN_CODE = "unknown_code"
    SEVERAL_VALUES = "several_values"
    OUT_OF_RANGE = "out_of_range"
    TEXT_TOO_LONG = "text_too_long"
    HELD_BACK = "held_back"
    RAGGED_ROW = "ragged_row"
    UNKNOWN_REFERENCE = "unknown_reference"
    PARENT_QUARANTINED = "parent_quarantined"
    PARENT_NOT_FOUND = "parent_not_found"
    PARENT_AMBIGUOUS = "parent_ambiguous"
    TWO_CONSENSUS_ROWS = "two_consensus_rows"


class RowWarning(StrEnum):
    """Something to look at; the row stays. Soft row rules are warnings by their own name."""

    UNMAPPED_CODE = "unmapped_code"
    UNMAPPED_NAME = "unmapped_name"
    REFERENCE_EMPTIED = "reference_emptied"
    WORKER_OVERLAP = "worker_overlap"
    TRAJECTORY_WITHOUT_CLIENT = "trajectory_without_client"
    SINGLE_VALUE_COLUMN = "single_value_column"
    EVENT_OUTSIDE_TRAJECTORY = "event_outside_trajectory"
    CLOSURE_FAR_FROM_END = "closure_far_from_end"
    TWO_OPEN_TRAJECTORIES = "two_open_trajectories"


def read_reason_words(catalogue: Catalogue, language: str) -> dict[str, str]:
    """One sentence for every reason and warning code in ``language`` ("nl" or "en")."""
    path = Path(str(resources.files("pipelines.catalogue"))) / "words" / language / "reasons.yaml"
    words = dict(read_yaml(path))
    for kind in catalogue.records.values():
        words |= {rule.name: rule.message.in_language(language) for rule in kind.rules}
    return words
