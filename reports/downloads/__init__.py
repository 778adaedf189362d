"""Files to take away: the published figures of a team or organisation for a spreadsheet.

Everything in them comes from the protected tables and stands in the reader's language. Not here:
the tables for research, which are not protected and never leave the installation this way.
"""

from reports.downloads.delivery_files import list_delivery_downloads
from reports.downloads.files import list_downloads

__all__ = ["list_delivery_downloads", "list_downloads"]
