"""Which texts of a column are known: those of its code list and those of the mapping."""

from pipelines.catalogue.loader import Catalogue
from pipelines.catalogue.models.records import RecordField
from pipelines.catalogue.models.sources import FieldSource


def list_known_texts(
    declared: RecordField, origin: FieldSource, catalogue: Catalogue
) -> dict[str, str]:
    """Every known text of a field, in lower case -> code; the mapping goes before the code list."""
    known: dict[str, str] = {}
    if declared.codes:
        for code, entry in catalogue.codes[declared.codes].codes.items():
            known |= {text.lower(): code for text in (code, *entry.synonyms)}
    return known | {text.strip().lower(): code for text, code in origin.codes.items()}
