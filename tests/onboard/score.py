"""Counts how many columns of a proposal are right, honestly: left out is right only when it should.

A column is right when it feeds exactly the fields it feeds in the true mapping. A file delivered
again with the same headers counts once.
"""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.sources import Source
from pipelines.deliveries.layout import find_layout, normalise_header
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusedFileError
from pipelines.onboard import Confidence, Proposal, TableProposal

Uses = set[tuple[str, str]]


@dataclass(frozen=True)
class Score:
    """What a proposal got right."""

    columns: int
    wrong: tuple[tuple[str, str, Uses, Uses, bool], ...]  # file, header, should be, is, is sure

    @property
    def share_right(self) -> float:
        return 1 - len(self.wrong) / self.columns

    @property
    def wrong_and_sure(self) -> list:
        return [one for one in self.wrong if one[-1]]


def read_truth(source: Source, headers: tuple[str, ...], catalogue: Catalogue) -> dict[str, Uses]:
    """Header -> what it feeds by the true mapping; empty when no export has these headers."""
    try:
        export = find_layout([Grid((headers,))], source, catalogue.records).export
    except RefusedFileError:
        return {}
    truth: dict[str, Uses] = {normalise_header(header): set() for header in headers}
    for record in export.records:
        for field, origin in record.fields.items():
            if origin.column and normalise_header(origin.column) in truth:
                truth[normalise_header(origin.column)].add((record.kind, field))
        for field, column in record.parent.match.items() if record.parent else ():
            truth[normalise_header(column)].add((record.parent.kind, field))
    return truth


def score_table(table: TableProposal, truth: dict[str, Uses]) -> Score:
    """One table against the truth; columns without a header or repeated are not counted."""
    wrong, columns = [], 0
    for column in table.columns:
        if not column.header or column.position in table.table.repeated:
            continue
        columns += 1
        should_be = truth[normalise_header(column.header)]
        found = {(use.kind, use.field) for use in column.uses}
        if found != should_be:
            confidences = [use.confidence for use in column.uses] or [column.confidence]
            is_sure = Confidence.HIGH in confidences
            wrong.append((table.table.file, column.header, should_be, found, is_sure))
    return Score(columns, tuple(wrong))


def score_layout(proposal: Proposal, source: Source, catalogue: Catalogue) -> Score:
    """All tables that the true mapping knows, each layout once."""
    scores = []
    for table in proposal.tables:
        truth = read_truth(source, table.table.headers, catalogue)
        if truth and table.repeats is None:
            scores.append(score_table(table, truth))
    return add_up(scores)


def add_up(scores: list[Score]) -> Score:
    return Score(
        sum(score.columns for score in scores),
        tuple(one for score in scores for one in score.wrong),
    )
