"""The charts: one module per panel, with ``records()`` (tested as data) and ``figure()``.

A figure is a plain dictionary that plotly.js draws; it holds no colours (``reports.chart_styles``).
Not here: where a panel stands on a page.
"""

from reports.panels.panel import Panel

__all__ = ["Panel"]
