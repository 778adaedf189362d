"""Reads the text of a page in pieces, each with the figures it is about.

A row names its figure in ``data-cell``; a text below it has the same without a name. The table of a
chart names the figures of its rows in ``data-of`` and its columns of numbers in ``data-numbers``
(else the first three), the last of which is the n; those of an earlier period, in the column of
``data-before-column``, in ``data-before``. A name with a plus begins with ``data-start``, which its
row or table has. A sentence names in ``data-tells`` the figures of which it may tell the numbers. A
number in any other text is one too many, unless ``data-about`` says what it is about instead.

What does not belong here: charts (``pages``), and what may be told (``check``).
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from reports.rendered.page_parts import Open, Table, read_names
from reports.rendered.sightings import DIGIT, SCORE, Sighting

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "wbr", "col"}
# A browser closes these by itself; pages of many tables leave the closing tags out.
CLOSED_BY_NEXT = {"td": {"td", "th"}, "th": {"td", "th"}, "tr": {"td", "th", "tr"},
                  "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "li": set()}  # fmt: skip
INLINE = {"a", "span", "strong", "em", "b", "abbr"}  # their text is part of what they stand in
NAME = "bdi"  # a name from outside stands in it, whatever it looks like
TOLD = ("title", "aria-label", "aria-description", "data-title", "data-tip", "alt", "value")
LAST_OF_PROFILE = 5  # where most tables have the value of the period before
WORDS = "words"  # class of a cell with a reason in words, in which limits may stand


class PageReader(HTMLParser):
    """One page; afterwards its sightings, tables, sentences and the data of its charts."""

    def __init__(self, path: Path):
        super().__init__()
        self.path = path
        self.found: list[Sighting] = []
        self.specs: dict[str, dict] = {}
        self.tables: list[Table] = []
        self.sentences: dict[str, str] = {}  # figure -> the sentence above it
        self.sparks: list[tuple[str, int]] = []  # figure of a row, points of the line in it
        self._open: list[Open] = []
        self._figure: str | None = None
        self._table: Table | None = None
        self._column = -1
        self._last_key = ""
        self._is_rule = False  # what follows is the text of a rule, with limits in it
        self._sentence = ""

    def handle_starttag(self, tag, attrs):
        """An element begins: notes what it is about."""
        attributes = {name: value or "" for name, value in attrs}
        closed = CLOSED_BY_NEXT.get(tag, set())
        while self._open and self._open[-1].tag in closed:
            self._close_from(len(self._open) - 1)
        if tag not in VOID:
            is_sentence = (self._open[-1].is_sentence if self._open else False) or (
                "summary" in attributes.get("class", "").split()
            )
            self._open.append(Open(tag, attributes, is_sentence=is_sentence))
        self._last_key = self._complete(attributes.get("data-cell")) or self._last_key
        if "data-figure" in attributes:
            self._figure = attributes["data-figure"]
            self.sentences[self._figure] = self._sentence or attributes.get("aria-label", "")
            self._sentence = ""
            return
        if tag == "path" and self._open[-1].attributes.get("class") == "spark":
            self.sparks.append((self._last_key, len(re.findall("[ML]", attributes["d"]))))
        if tag == "table":
            self._table = self._start_table(attributes)
        if "data-r" in attributes:
            self._is_rule = True
        if tag == "tr":
            self._is_rule = False
            self._column = -1
            if self._table is not None and any(one.tag == "tbody" for one in self._open):
                self._table.row += 1
        if tag in ("td", "th"):
            self._column += 1
        for name in TOLD:
            text = attributes.get(name)
            if text and not self._tell(text, is_hover=True) and DIGIT.search(text):
                self._judge(text, len(self._open))

    def handle_endtag(self, tag):
        """An element ends, and with it those in it that were not closed."""
        if tag == "table":
            self._table = None
        if tag == "figure":
            self._figure = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                self._close_from(place)
                return

    def handle_data(self, data):
        """A piece of text, or the data of the charts."""
        if self._open and self._open[-1].attributes.get("type") == "application/json":
            self.specs = json.loads(data)
        elif not data.strip():
            if self._open:
                self._open[-1].texts.append(" ")
        elif (
            not self._tell(data.strip(), is_hover=False)
            and self._open
            and not any(one.tag == NAME for one in self._open)
        ):
            self._open[-1].texts.append(data)

    def close(self):
        """The page ends."""
        super().close()
        self._close_from(0)

    def _close_from(self, place: int) -> None:
        """Closes elements; the text of an inline one goes to what it stands in."""
        while len(self._open) > place:
            one = self._open.pop()
            text = "".join(one.texts)
            if one.tag in INLINE and self._open:
                self._open[-1].texts.append(text)
            elif DIGIT.search(text):
                self._open.append(one)
                self._judge(text, len(self._open))
                self._open.pop()

    def _judge(self, text: str, depth: int) -> None:
        """Text beside the numbers of a row: it tells what it names, or must have no number."""
        table = self._table
        if table is not None and 0 <= table.row < len(table.keys) and table.keys[table.row]:
            before = table.before[table.row] if table.before else None
            names = tuple(filter(None, (table.keys[table.row], before)))
            self.found.append(Sighting("", text, self.path, tells=names))
            return
        for one in reversed(self._open[:depth]):
            if "data-tells" in one.attributes:
                names = tuple(filter(None, read_names(one.attributes["data-tells"])))
                self.found.append(Sighting("", text, self.path, tells=names))
                return
            if one.is_silent:
                return
        self.found.append(Sighting(self._describe_place(), text, self.path, is_unnamed=True))

    def _describe_place(self) -> str:
        parts = [f"{one.tag}.{one.attributes['class']}" if one.attributes.get("class") else one.tag
                 for one in self._open[-3:]]  # fmt: skip
        return " > ".join(parts)

    def _complete(self, name: str | None) -> str | None:
        """The whole name of a figure of which the row has the beginning."""
        if not name or not name.startswith("+"):
            return name
        starts = [one.attributes["data-start"] for one in self._open
                  if "data-start" in one.attributes]  # fmt: skip
        return "".join(starts[-1:]) + name[1:]

    def _start_table(self, attributes: dict[str, str]) -> Table:
        table = Table(
            self._figure,
            read_names(attributes.get("data-of")),
            [int(number) for number in attributes.get("data-numbers", "1 2 3").split()],
            read_names(attributes.get("data-before")),
            int(attributes.get("data-before-column", LAST_OF_PROFILE)),
            attributes.get("data-twin", ""),
        )
        self.tables.append(table)
        return table

    def _tell(self, text: str, is_hover: bool) -> bool:
        """Notes what a text says about a figure; False when it is about none."""
        if self._open and self._open[-1].is_sentence:
            self._sentence += f" {text}"
            return True
        if self._table is not None and not is_hover:
            self._table.texts.append(text)
        return self._tell_chart_row(text, is_hover) or self._tell_named(text, is_hover)

    def _tell_chart_row(self, text: str, is_hover: bool) -> bool:
        table = self._table
        if table is None or not 0 <= table.row < len(table.keys):
            return False
        if self._column == 0 and not is_hover:
            table.labels.append(text)
            return False
        if table.before and self._column == table.before_column and not is_hover:
            self._add(table.before[table.row] or "", text, False)
            return True
        if table.keys[table.row] and (is_hover or self._column in table.numbers):
            if self._column == table.numbers[0] and DIGIT.search(text):
                table.told.add(table.row)
            is_count = not is_hover and self._column == table.numbers[-1]
            self._add(table.keys[table.row], text, is_count)
            return True
        return False

    def _tell_named(self, text: str, is_hover: bool) -> bool:
        for place in range(len(self._open) - 1, -1, -1):
            one = self._open[place]
            if "data-cell" in one.attributes:
                key = self._complete(one.attributes["data-cell"]) or self._last_key
                is_n = any("data-n" in inner.attributes for inner in self._open[place:])
                self._add(key, text, is_n and not is_hover)
                return True
            if "data-tells" in one.attributes or one.is_silent or one.tag == NAME:
                return False
            if not is_hover and (WORDS in one.attributes.get("class", "").split()
                                 or one.tag in ("th", "summary") or self._is_rule):  # fmt: skip
                return self._is_rule
        return False

    def _add(self, key: str, text: str, is_count: bool) -> None:
        self.found.append(Sighting(key, text, self.path, SCORE if is_count else ""))
