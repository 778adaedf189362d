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
    tables: dict[str, TableEntry]


@cache
def read_dictionary() -> Dictionary:
    """The dictionary that lies beside this module."""
    return Dictionary.model_validate(read_yaml(Path(__file__).with_name("dictionary.yaml")))
