"""Numbers out of a page: its texts and tables, the data of its charts, and the lines in its tables.

What does not belong here: which text is about which figure (``page_reader``).
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from reports.panels.panel import NO_COUNT
from reports.rendered.numbers import KnownTexts
from reports.rendered.page_reader import PageReader, Table
from reports.rendered.sentences import (
    ABOUT_NO_FIGURE,
    list_stray_marks,
    list_strays,
    read_numbers,
)
from reports.rendered.sightings import Sighting

SILENT_ROLES = {"gap", "note"}  # marks that stand where there is no number
# Lines of a formula over what the table tells, and the spread of all other teams.
# What is left of a whole of which the other parts are told.
COMPUTED_ROLES = {"limit_2", "limit_3", "centre", "flow_untold"}


def read_page(path: Path, known: KnownTexts) -> list[Sighting]:
    """What one page says about figures, that of its charts among it."""
    reader = PageReader(path)
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    found = reader.found
    named = set()
    for table in reader.tables:
        spec = reader.specs.get(table.figure or "")
        if spec is not None and table.keys and table.numbers != [NO_COUNT]:
            named.add(table.figure)
            found += _read_spec(spec, table, path)
    unnamed = {figure: spec for figure, spec in reader.specs.items() if figure not in named}
    return [*found, *_read_sparks(reader), *_read_sentences(reader, known),
            *_read_unnamed_charts(reader, unnamed, known)]  # fmt: skip


def _read_sparks(reader: PageReader) -> Iterator[Sighting]:
    """A line with more points than its indicator has told quarters tells the hidden ones."""
    tables = {table.figure: table for table in reader.tables}
    for key, points in reader.sparks:
        table = tables.get(f"trend-{key.partition('|')[0]}")
        if table is not None and points > len(table.told):
            for row, name in enumerate(table.keys):
                if row not in table.told and name:
                    yield Sighting(name, f"{points} points of a line", reader.path)


def _find_twins(reader: PageReader, figure: str) -> list[Table]:
    return [table for table in reader.tables
            if table.figure == figure or figure in table.twin_of.split()]  # fmt: skip


def _read_sentences(reader: PageReader, known: KnownTexts) -> Iterator[Sighting]:
    """Numbers in the sentence of a chart that its table does not tell."""
    is_dutch = "nl" in reader.path.parts
    for figure, sentence in reader.sentences.items():
        twins = _find_twins(reader, figure)
        if not twins or figure.startswith(ABOUT_NO_FIGURE):
            continue
        told = read_numbers(" ".join(text for table in twins for text in table.texts), is_dutch)
        rows = max(table.row + 1 for table in twins)
        for number in list_strays(figure, sentence, told, rows, is_dutch):
            yield Sighting(f"the sentence of {figure}", number, reader.path, is_stray=True)


def _read_unnamed_charts(
    reader: PageReader, specs: dict[str, dict], known: KnownTexts
) -> Iterator[Sighting]:
    """Numbers in a chart that its table does not tell, where the table names no row."""
    is_dutch = "nl" in reader.path.parts
    for figure, spec in specs.items():
        if figure.startswith(ABOUT_NO_FIGURE):
            continue
        texts = [text for table in _find_twins(reader, figure) for text in table.texts]
        told = [number for text in texts for number in known.list_numbers(text, is_dutch)]
        strays = [str(mark) for mark in list_stray_marks(_list_marks(spec), told)]
        tokens = {number.token for number in told}
        strays += [
            number.token
            for text in _list_texts(spec)
            for number in known.list_numbers(unescape(re.sub("<[^>]*>", " ", text)), is_dutch)
            if number.value and number.token not in tokens
        ]
        for stray in strays:
            yield Sighting(f"the chart {figure}", stray, reader.path, is_stray=True)


def _list_marks(spec: dict) -> Iterator[float]:
    """Where marks stand on the axes of values; an axis with a label per row has none."""
    axes = {one: spec["layout"].get(f"{one}axis") or {} for one in "xy"}
    for trace in spec["data"]:
        if (trace.get("meta") or {}).get("role") in SILENT_ROLES | COMPUTED_ROLES:
            continue
        for one, axis in axes.items():
            if "ticktext" not in axis:
                yield from (float(mark) for mark in trace.get(one) or ()
                            if isinstance(mark, int | float))  # fmt: skip


def _list_texts(spec: dict) -> Iterator[str]:
    for trace in spec["data"]:
        if (trace.get("meta") or {}).get("role") in COMPUTED_ROLES:
            continue
        for name in ("text", "hovertext", "customdata"):
            yield from map(str, filter(None, _list(trace.get(name))))
    for note in spec["layout"].get("annotations") or ():
        if note.get("yref") == "y":
            yield str(note["text"])


def _list(values: object) -> Iterable:
    return values if isinstance(values, list) else [values]


def _read_spec(spec: dict, table: Table, path: Path) -> list[Sighting]:
    """Numbers of the points of a chart; a point belongs to a row by its label or its place."""
    by_label = dict(zip(table.labels, table.keys, strict=False))
    ticks = (spec["layout"].get("yaxis") or {}).get("tickvals") or []
    if len(ticks) != len(table.keys):
        ticks = list(range(len(table.keys)))
    at = dict(zip(ticks, table.keys, strict=True))
    before = dict(zip(ticks, table.before, strict=False))
    found = []
    for trace in spec["data"]:
        meta = trace.get("meta") or {}
        role, first_row, own = meta.get("role"), meta.get("first_row"), meta.get("figures")
        for place, x in enumerate(trace.get("x") or ()):
            y = (trace.get("y") or [None] * (place + 1))[place]
            if own is not None:  # a trace about other figures than the rows says which
                key, number = own[place], x
            elif first_row is not None:
                key, number = table.keys[first_row + place], y
            elif isinstance(x, str):
                key, number = by_label.get(x), y
            else:
                names = before if role == "previous" and before else at
                key, number = names.get(y), x
            if key is None:
                continue
            told = [_pick(trace, name, place) for name in ("text", "hovertext", "customdata")]
            told += _list_errors(trace, place)
            if role not in SILENT_ROLES and number is not None:
                told.append(str(number))
            found += [Sighting(key, str(text), path) for text in told if text not in (None, "")]
    for note in spec["layout"].get("annotations") or ():
        if note.get("yref") == "y" and at.get(note.get("y")):
            found.append(Sighting(at[note["y"]], str(note["text"]), path))
    return found


def _list_errors(trace: dict, place: int) -> list[object]:
    """The lengths of the bars that show an interval."""
    bars = [trace[name] for name in ("error_x", "error_y") if name in trace]
    return [_pick(bar, side, place) for bar in bars for side in ("array", "arrayminus")]


def _pick(trace: dict, name: str, place: int) -> object:
    values = trace.get(name)
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    return values
