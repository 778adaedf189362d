"""What was written, read again as a reader or an attacker reads it, before it is published.

Here: numbers out of pages, figures and files, and the refusal to publish. Not here: the arithmetic
of an attacker (room ``protection``) and how pages are made.
"""

from reports.rendered.check import check_site

__all__ = ["check_site"]
