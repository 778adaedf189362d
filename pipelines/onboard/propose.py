"""From files to a proposal: look at each table, let the tables tell about each other, decide.

What does not belong here: the single steps (their own modules), and writing anything.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.onboard.assign import KindMatch, match_kinds
from pipelines.onboard.compose import TableComposer, find_repeat
from pipelines.onboard.files import FoundTable, find_tables
from pipelines.onboard.fit import Fitter
from pipelines.onboard.knowledge import load_knowledge
from pipelines.onboard.links import Links
from pipelines.onboard.personal import LeaveOut, is_of_the_person, judge_personal
from pipelines.onboard.proposal import Confidence, Proposal, TableProposal, Why
from pipelines.onboard.shapes import Shape, find_decimal_mark, measure_shapes
from pipelines.onboard.vocabulary import make_vocabulary, split_words
from pipelines.warehouse import Warehouse

# A kind is recognised when two columns fit and little that it requires is missing.
_FEWEST_MATCHES = 2
_LOWEST_TOTAL = 0.9
_SURE_SHARE = 0.6  # of the columns that are not left out
_SURE_LEAD, _LIKELY_LEAD = 0.6, 0.25  # of the best kind over the next


@dataclass(frozen=True)
class Look:
    """One table before it is decided upon."""

    table: FoundTable
    shapes: list[Shape]
    left_out: dict[int, LeaveOut]  # position -> why it looks personal
    of_the_person: frozenset[int]
    filled_in: frozenset[int]  # dates that the system fills in itself
    usable: dict[int, str]  # position -> header


def propose_mapping(
    paths: list[Path], catalogue: Catalogue, warehouse: Warehouse, work: Path
) -> Proposal:
    """The proposal for files that belong together; equal for equal files.

    Args:
        paths: the files, in any order.
        catalogue: record kinds and code lists.
        warehouse: an in-memory warehouse; it gets the tables ``rows_<n>``.
        work: an empty private folder.

    Raises:
        MissingFileError: a path is no file.
    """
    knowledge = load_knowledge()
    vocabulary = make_vocabulary(catalogue, knowledge)
    fitter = Fitter(catalogue, knowledge, vocabulary)
    warehouse.run_file("records", "casts")
    ordered = sorted(paths, key=lambda path: (path.name, str(path)))
    tables, unread = find_tables(ordered, work, warehouse, vocabulary)
    first = [measure_shapes(warehouse, table, ",") for table in tables]
    mark = find_decimal_mark([shape for shapes in first for shape in shapes])
    shapes = [measure_shapes(warehouse, t, mark, first[at]) for at, t in enumerate(tables)]
    links = Links(warehouse, tables, shapes)
    looks = [_look(table, shapes[at], links, fitter) for at, table in enumerate(tables)]
    best = [_choose(look, fitter, links)[0] for look in looks]
    links.settle(catalogue, best)
    proposals: list[TableProposal] = []
    for look in looks:
        match, lead = _choose(look, fitter, links)
        confidence = _judge_kind(match, lead, len(look.usable))
        composer = TableComposer(warehouse, fitter, links, look, confidence)
        proposals.append(composer.compose(match, _explain_kind(match)))
    return Proposal(_settle_tables(proposals), tuple(unread), mark)


def _look(table: FoundTable, shapes: list[Shape], links: Links, fitter: Fitter) -> Look:
    knowledge, vocabulary = fitter.knowledge, fitter.vocabulary
    left_out, of_the_person, usable = {}, set(), {}
    for at, header in enumerate(table.headers):
        found = judge_personal(header, shapes[at], knowledge, vocabulary)
        if found:
            left_out[at] = found
        elif is_of_the_person(header, knowledge, vocabulary):
            of_the_person.add(at)
        elif header and at not in table.repeated:
            usable[at] = header
    filled_in = frozenset(links.find_filled_in(table.number))
    return Look(table, shapes, left_out, frozenset(of_the_person), filled_in, usable)


def _choose(look: Look, fitter: Fitter, links: Links) -> tuple[KindMatch | None, float]:
    """The best reading of a table and its lead over the next; None when it is no record kind."""

    def adjust(at, target, fit):
        if at in look.filled_in and target.declared.type.value == "date" and fit.score:
            is_plan = target.field == "planned_end_date"
            fit = replace(fit, score=max(fit.score, 0.85) if is_plan else fit.score * 0.3)
        return links.adjust(look.table.number, at, target, fit)

    found = match_kinds(fitter, look.usable, look.shapes, _list_titles(look.table), adjust)
    first, second = found[0], found[1]
    if len(first.matches) < _FEWEST_MATCHES or first.total < _LOWEST_TOTAL:
        return None, 0.0
    return first, first.total - second.total


def _list_titles(table: FoundTable) -> list[str]:
    """What may name the kind: file and sheet, and the first texts above the header."""
    stem = re.sub(r"\d+", " ", Path(table.file).stem)
    above = [cell for row in table.preamble for cell in row[:1] if cell.strip()]
    return [title for title in (stem, table.sheet or "", *above[:3]) if title]


def _judge_kind(match: KindMatch | None, lead: float, columns: int) -> Confidence:
    """How sure the kind is; columns that it has no use for may tell of a kind that we do not know.

    A file of any "assessments" has a number, a trajectory and a date too.
    """
    if match is None:
        return Confidence.LOW
    is_explained = len(match.matches) >= _SURE_SHARE * columns
    if lead >= _SURE_LEAD and is_explained and (match.title > 0.6 or len(match.matches) >= 4):
        return Confidence.HIGH
    return Confidence.MEDIUM if lead >= _LIKELY_LEAD else Confidence.LOW


def _explain_kind(match: KindMatch | None) -> tuple[Why, ...]:
    if match is None:
        return (Why("no_kind"),)
    whys = [Why("kind_columns", {"count": len(match.matches)})]
    if match.title > 0.6:
        whys.append(Why("kind_title"))
    if match.lacking:
        whys.append(Why("kind_lacking", {"count": len(match.lacking)}))
    return tuple(whys)


def _settle_tables(proposals: list[TableProposal]) -> tuple[TableProposal, ...]:
    """Names the exports, reads one sheet per file, and lets equal files share an export."""
    main: dict[str, TableProposal] = {}
    for one in proposals:
        path = str(one.table.path)
        known = main.get(path)
        if known is None or _count_uses(one) > _count_uses(known):
            main[path] = one
    settled: list[TableProposal] = []
    taken: set[str] = set()
    for one in proposals:
        one = replace(one, is_main=main[str(one.table.path)] is one)
        if not one.records or not one.is_main:
            settled.append(one)
            continue
        twin = find_repeat(
            one, [other for other in settled if other.export_id and not other.repeats]
        )
        if twin is not None:
            settled.append(replace(one, repeats=twin.export_id, export_id=twin.export_id))
            continue
        export_id = _name_export(one, taken)
        taken.add(export_id)
        settled.append(replace(one, export_id=export_id))
    return tuple(settled)


def _count_uses(one: TableProposal) -> int:
    return sum(bool(column.uses) for column in one.columns) * bool(one.records)


def _name_export(one: TableProposal, taken: set[str]) -> str:
    """The name of the export: of the file without its date, or of the record kind."""
    words = [word for word in split_words(Path(one.table.file).stem) if not word.isdigit()]
    name = "_".join(words) or one.records[0].kind
    number = 1
    while (name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    return name if number == 1 else f"{name}_{number}"
