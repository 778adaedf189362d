"""The data dictionary of the results tables: what every table and column means."""

from functools import cache
from pathlib import Path

from pipelines.catalogue.loader import read_yaml
from pipelines.catalogue.models.base import Declaration


class TableEntry(Declaration):
    """One results table."""

    title: str
    grain: str
    columns: dict[str, str]  # name -> meaning, in the order of the file


class Dictionary(Declaration):
    """All results tables, in the order of the package."""

    results_version: str  # raised when a name or a meaning changes
    units: dict[str, str]  # pattern of table.column -> unit of its numbers; the first that fits
    tables: dict[str, TableEntry]


# A room that fills result tables of its own describes them in a dictionary.yaml beside its code.
DESCRIBING_ROOMS = ("audits", "outcomes", "monitoring")


@cache
def read_dictionary() -> Dictionary:
    """Every results table: the one beside this module first, then those of other rooms."""
    described = read_yaml(Path(__file__).with_name("dictionary.yaml"))
    for room in DESCRIBING_ROOMS:
        described["tables"] |= read_yaml(Path(__file__).parents[1] / room / "dictionary.yaml")
    return Dictionary.model_validate(described)
