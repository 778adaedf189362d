"""Numbers out of a page: tables, what pops up, what is read aloud, and the data of its figures.

A row names its figure in ``data-cell``; a text below it has the same without a name. The table of a
chart names the figures of its rows in ``data-of`` and its columns of numbers in
``data-numbers`` (else the first three), the last of which is the n; those of an earlier period, in
its last column, in ``data-before``. A name with a plus begins with ``data-start``, which its row or
table has.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from reports.panels.panel import list_quarter_keys
from reports.rendered.sentences import ABOUT_NO_FIGURE, list_strays, read_numbers
from reports.rendered.sightings import DIGIT, Sighting

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "wbr", "col"}
# A browser closes these by itself; pages of many tables leave the closing tags out.
CLOSED_BY_NEXT = {"td": {"td", "th"}, "th": {"td", "th"}, "tr": {"td", "th", "tr"},
                  "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "li": set()}  # fmt: skip
LAST_OF_PROFILE = 5  # the column with the score of the year before
TOLD = ("title", "aria-label", "aria-description", "data-title", "data-tip", "alt", "value")
WORDS = "words"  # class of a cell with a reason in words, in which limits may stand
SILENT_ROLES = {"gap", "note"}  # marks that stand where there is no number
# Marks of another figure than the row they stand in, which is told by a row of its own.
OTHER_ROLES = {"previous", "comparison"}


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]


@dataclass
class _Table:
    figure: str | None
    keys: list[str | None]
    numbers: list[int]
    before: list[str | None] = field(default_factory=list)
    twin_of: str = ""
    texts: list[str] = field(default_factory=list)
    told: set[int] = field(default_factory=set)  # rows with a number in the first such column
    labels: list[str] = field(default_factory=list)
    row: int = -1
    column: int = -1


class _Reader(HTMLParser):
    def __init__(self, path: Path):
        super().__init__()
        self.path = path
        self.found: list[Sighting] = []
        self.specs: dict[str, dict] = {}
        self.tables: list[_Table] = []
        self._open: list[_Open] = []
        self._figure: str | None = None
        self._table: _Table | None = None
        self._column = -1
        self._last_key = ""
        self._is_rule = False  # what follows is the text of a rule, with limits in it
        self.sentences: dict[str, str] = {}  # figure -> the sentence above it
        self.sparks: list[tuple[str, int]] = []  # figure of a row, points of the line in it
        self._sentence = ""

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self._close_by_next(tag)
        if tag not in VOID:
            self._open.append(_Open(tag, attributes))
        self._last_key = self._complete(attributes.get("data-cell")) or self._last_key
        if "data-figure" in attributes:
            self._figure = attributes["data-figure"]
            self.sentences[self._figure] = self._sentence
            self._sentence = ""
        if tag == "path" and self._open[-1].attributes.get("class") == "spark":
            self.sparks.append((self._last_key, len(re.findall("[ML]", attributes["d"]))))
        if tag == "table":
            self._table = self._start_table(attributes)
        if "data-r" in attributes:
            self._is_rule = True
        if tag == "tr":
            self._is_rule = False
            self._column = -1
            if self._table is not None and self._is_inside("tbody"):
                self._table.row += 1
        if tag in ("td", "th"):
            self._column += 1
        for name in TOLD:
            if attributes.get(name):
                self._tell(attributes[name], is_hover=True)

    def handle_endtag(self, tag):
        if tag == "table":
            self._table = None
        if tag == "figure":
            self._figure = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data):
        if self._open and self._open[-1].attributes.get("type") == "application/json":
            self.specs = json.loads(data)
        elif data.strip():
            self._tell(data.strip(), is_hover=False)

    def _complete(self, name: str | None) -> str | None:
        """The whole name of a figure of which the row has the beginning."""
        if not name or not name.startswith("+"):
            return name
        starts = [one.attributes["data-start"] for one in self._open
                  if "data-start" in one.attributes]  # fmt: skip
        return "".join(starts[-1:]) + name[1:]

    def _close_by_next(self, tag: str) -> None:
        closed = CLOSED_BY_NEXT.get(tag, set())
        while self._open and self._open[-1].tag in closed:
            self._open.pop()

    def _start_table(self, attributes: dict[str, str]) -> _Table | None:
        numbers = [int(number) for number in attributes.get("data-numbers", "1 2 3").split()]
        keys = _read_names(attributes.get("data-of"))
        before = _read_names(attributes.get("data-before"))
        twin_of = attributes.get("data-twin", "")
        self.tables.append(_Table(self._figure, keys, numbers, before, twin_of))
        return self.tables[-1]

    def _is_inside(self, tag: str) -> bool:
        return any(one.tag == tag for one in self._open)

    def _tell(self, text: str, is_hover: bool) -> None:
        table = self._table
        if any("summary" in one.attributes.get("class", "").split() for one in self._open):
            self._sentence += f" {text}"
        if table is not None and not is_hover:
            table.texts.append(text)
        if table is not None and 0 <= table.row < len(table.keys):
            if self._column == 0 and not is_hover:
                table.labels.append(text)
            elif table.before and self._column == LAST_OF_PROFILE and not is_hover:
                self._add(table.before[table.row] or "", text, False)
            elif table.keys[table.row] and (is_hover or self._column in table.numbers):
                if self._column == table.numbers[0] and DIGIT.search(text):
                    table.told.add(table.row)
                is_count = not is_hover and self._column == table.numbers[-1]
                self._add(table.keys[table.row], text, is_count)
        for place in range(len(self._open) - 1, -1, -1):
            one = self._open[place]
            if not is_hover and (WORDS in one.attributes.get("class", "").split()
                                 or one.tag in ("th", "summary") or self._is_rule):  # fmt: skip
                return
            if "data-cell" in one.attributes:
                key = self._complete(one.attributes["data-cell"]) or self._last_key
                self._add(key, text, self._is_n(place) and not is_hover)
                return

    def _is_n(self, place: int) -> bool:
        return any("data-n" in one.attributes for one in self._open[place:])

    def _add(self, key: str, text: str, is_count: bool) -> None:
        self.found.append(Sighting(key, text, self.path, is_count))


def read_page(path: Path) -> list[Sighting]:
    """What one page says about figures, that of its charts among it."""
    reader = _Reader(path)
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    found = reader.found
    for table in reader.tables:
        spec = reader.specs.get(table.figure or "")
        if spec is not None and table.keys:
            found += _read_spec(spec, table, path)
    return [*found, *_read_sparks(reader), *_read_sentences(reader)]


def _read_names(codes: str | None) -> list[str | None]:
    """The names of figures that a panel wrote down."""
    if codes is None:
        return []
    start, end, parts = json.loads(codes)
    if isinstance(parts, int):
        return [*list_quarter_keys(start, parts)]
    return [None if part is None else f"{start}{part}{end}" for part in parts]


def _read_sparks(reader: _Reader) -> Iterator[Sighting]:
    """A line with more points than its indicator has told quarters tells the hidden ones."""
    tables = {table.figure: table for table in reader.tables}
    for key, points in reader.sparks:
        table = tables.get(f"trend-{key.partition('|')[0]}")
        if table is not None and points > len(table.told):
            for row, name in enumerate(table.keys):
                if row not in table.told and name:
                    yield Sighting(name, f"{points} points of a line", reader.path)


def _read_sentences(reader: _Reader) -> Iterator[Sighting]:
    """Numbers in the sentence of a chart that its table does not tell."""
    is_dutch = "nl" in reader.path.parts
    for figure, sentence in reader.sentences.items():
        twins = [table for table in reader.tables
                 if table.figure == figure or figure in table.twin_of.split()]  # fmt: skip
        if not twins or figure.startswith(ABOUT_NO_FIGURE):
            continue
        told = read_numbers(" ".join(text for table in twins for text in table.texts), is_dutch)
        rows = max(table.row + 1 for table in twins)
        for number in list_strays(figure, sentence, told, rows, is_dutch):
            yield Sighting(f"the sentence of {figure}", number, reader.path, is_stray=True)


def _read_spec(spec: dict, table: _Table, path: Path) -> list[Sighting]:
    """Numbers of the points of a chart; a point belongs to a row by its label or its place."""
    by_label = dict(zip(table.labels, table.keys, strict=False))
    ticks = (spec["layout"].get("yaxis") or {}).get("tickvals") or []
    if len(ticks) != len(table.keys):
        ticks = list(range(len(table.keys)))
    at = dict(zip(ticks, table.keys, strict=True))
    found = []
    for trace in spec["data"]:
        meta = trace.get("meta") or {}
        first_row = meta.get("first_row")
        for place, x in enumerate(trace.get("x") or ()):
            y = (trace.get("y") or [None] * (place + 1))[place]
            if first_row is not None:
                key, number = table.keys[first_row + place], y
            elif isinstance(x, str):
                key, number = by_label.get(x), y
            else:
                key, number = at.get(y), x
            if key is None:
                continue
            told = [_pick(trace, name, place) for name in ("text", "hovertext", "customdata")]
            if meta.get("role") in OTHER_ROLES:
                continue
            if meta.get("role") not in SILENT_ROLES and number is not None:
                told.append(str(number))
            found += [Sighting(key, str(text), path) for text in told if text not in (None, "")]
    for note in spec["layout"].get("annotations") or ():
        if note.get("yref") == "y" and at.get(note.get("y")):
            found.append(Sighting(at[note["y"]], str(note["text"]), path))
    return found


def _pick(trace: dict, name: str, place: int) -> object:
    values = trace.get(name)
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    return values
