"""Elements and tables of a page as the reader of pages knows them, and where no figure stands."""

import json
from dataclasses import dataclass, field

from reports.panels.panel import list_quarter_keys

# Where no figure of clients or workers stands: around the page, and in what is not shown.
NO_FIGURE = {"header", "nav", "footer", "style", "script", "title", "button", "noscript"}
ABOUT = {  # what a text can be about instead (data-about)
    "files": "what was delivered and read",
    "release": "the release and what changed with it",
    "rules": "limits, norms and methods, and what others published",
    "teams": "how many teams, audits, recommendations and requirements there are",
}


@dataclass
class Open:
    """An element that is not closed yet."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)  # of it and of the inline elements in it

    is_sentence: bool = False  # the sentence above a chart, or part of it

    @property
    def is_silent(self) -> bool:
        """True where no figure stands."""
        return self.tag in NO_FIGURE or self.attributes.get("data-about") in ABOUT


@dataclass
class Table:
    """What one table says about the rows of a chart."""

    figure: str | None
    keys: list[str | None]
    numbers: list[int]
    before: list[str | None] = field(default_factory=list)
    before_column: int = -1
    twin_of: str = ""
    texts: list[str] = field(default_factory=list)
    told: set[int] = field(default_factory=set)  # rows with a number in the first such column
    labels: list[str] = field(default_factory=list)
    row: int = -1
    column: int = -1


def read_names(codes: str | None) -> list[str | None]:
    """The names of figures that a panel or template wrote down."""
    if codes is None:
        return []
    names = json.loads(codes)
    if len(names) == 1:
        return names
    start, end, parts = names
    if isinstance(parts, int):
        return [*list_quarter_keys(start, parts)]
    return [None if part is None else f"{start}{part}{end}" for part in parts]
