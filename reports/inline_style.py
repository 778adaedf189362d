"""A style element that the policy of its own page allows, by the hash of its text.

A policy without ``unsafe-inline`` refuses style attributes and style elements alike. Not here: the
policy itself, which stands in each template.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from reports.panels import Panel


@dataclass(frozen=True)
class InlineStyle:
    """The text of a style element."""

    text: str

    @property
    def source(self) -> str:
        """The text as a source of a content security policy."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"


def reserve_heights(panels: Iterable[Panel]) -> InlineStyle | None:
    """A rule for every height that occurs among the charts of a page; None without charts."""
    heights = sorted({panel.height for panel in panels if panel.height})
    rules = "".join(f".h{height}{{height:{height}px}}" for height in heights)
    return InlineStyle(rules) if rules else None
