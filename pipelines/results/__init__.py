"""The tidy tables for research: as files with a data dictionary, pseudonymised and unprotected.

What does not belong here: computing scores (room ``scoring``), and anything that is published
(room ``protection``).
"""

from pipelines.results.dictionary import Dictionary, read_dictionary
from pipelines.results.export import export_package, export_results
from pipelines.results.kept import keep_release
from pipelines.results.steps import STEPS

__all__ = [
    "STEPS",
    "Dictionary",
    "export_package",
    "export_results",
    "keep_release",
    "read_dictionary",
]
