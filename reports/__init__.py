"""What people see: an offline site per organisation, built from the protected tables alone.

Here: panels (data in, figure out), pages, formats and publishing. Not here: any computation of a
score, and any way to reach the warehouse: pages read the Parquet files of ``<home>/protected``.
"""

from reports.publish import publish
from reports.site import SiteSummary, build_site

__all__ = ["SiteSummary", "build_site", "publish"]
