"""Knowledge as data: records, codes, source mappings, profiles, indicators, requirements, words.

Every YAML file in this folder is one declaration (one indicator, one record kind, one mapping).
:func:`load_catalogue` reads them once, validates them, and reports all faults together.
What does not belong here: anything that touches delivered rows.
"""

from pipelines.catalogue.faults import CatalogueError, Fault
from pipelines.catalogue.loader import Catalogue, load_catalogue

__all__ = ["Catalogue", "CatalogueError", "Fault", "load_catalogue"]
