"""From results to protected tables: what may be shown without giving a person away.

Here: primary suppression (small populations of clients and of support workers), secondary
suppression (what a small figure could be worked out from) and the export of the protected tables to
Parquet, the only thing that pages may read. Not here: how numbers are
computed (scoring) and how they look (reports).
"""

from pipelines.protection.published_system import PublishedSystem
from pipelines.protection.steps import STEPS
from pipelines.protection.tables import EXPORTED_TABLES, protected_folder, write_parquet

__all__ = ["EXPORTED_TABLES", "STEPS", "PublishedSystem", "protected_folder", "write_parquet"]
