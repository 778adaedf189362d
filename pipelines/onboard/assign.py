"""Which record kind a table is, which column feeds which field: solved for a table as a whole."""

from dataclasses import dataclass, field

from pipelines.catalogue.models.records import RecordKind
from pipelines.onboard.fit import Fit, Fitter, Target
from pipelines.onboard.shapes import Shape

ACCEPTED = 0.36  # a weaker fit is no proposal
# Taken from every score, so that two weak fits never push out a strong one.
_WORTHLESS = 0.3
_ORDER = 1e-6
_LACKS_REQUIRED = 0.6  # what a required field without a column costs a kind
_LACKS_KEY = 0.25  # less: a key can be made of other columns
_LEFTOVER = 0.08  # what a column costs that a kind has no use for
_TITLE = 0.9  # what a title of the kind is worth at most


@dataclass(frozen=True)
class Match:
    """One column that feeds one target."""

    position: int
    target: Target
    fit: Fit
    margin: float  # distance to the next best use of the column, and of the field


@dataclass(frozen=True)
class KindMatch:
    """A table read as one record kind."""

    kind: str
    matches: tuple[Match, ...]
    lacking: tuple[str, ...]  # required fields without a column
    total: float
    title: float  # 0-1: how well file, sheet or preamble name the kind
    fits: dict[tuple[int, str], Fit] = field(default_factory=dict, repr=False)

    @property
    def has_parent_keys(self) -> bool:
        """True when rows are found by the number of the client and the start of the trajectory."""
        return any(match.target.is_parent_key for match in self.matches)


def match_kinds(
    fitter: Fitter,
    headers: dict[int, str],
    shapes: list[Shape],
    titles: list[str],
    adjust,
) -> list[KindMatch]:
    """The table read as every record kind, the best first.

    Args:
        headers: position -> header, of the columns that may be used.
        titles: texts that may name the kind: file, sheet, rows above the header.
        adjust: (position, target, fit) -> fit, for what other tables say about the column.
    """
    found = []
    for kind in fitter.catalogue.records.values():
        targets = fitter.list_targets(kind)
        readings = [targets]
        parent_keys = fitter.list_parent_keys(kind)
        if parent_keys:
            readings.append([t for t in targets if t.field != "trajectory_id"] + parent_keys)
        title = _judge_title(fitter, kind, titles)
        found.append(
            max(
                (_match(fitter, kind, some, headers, shapes, title, adjust) for some in readings),
                key=lambda match: match.total,
            )
        )
    return sorted(found, key=lambda match: (-match.total, match.kind))


def _match(
    fitter: Fitter,
    kind: RecordKind,
    targets: list[Target],
    headers: dict[int, str],
    shapes: list[Shape],
    title: float,
    adjust,
) -> KindMatch:
    from scipy.optimize import linear_sum_assignment

    positions = list(headers)
    fits = [
        [adjust(at, target, fitter.measure(headers[at], shapes[at], target)) for target in targets]
        for at in positions
    ]
    scores = [[fit.score if fit.score >= ACCEPTED else 0.0 for fit in row] for row in fits]
    matches = []
    if positions:
        # Where nothing else tells them apart, columns stand in the order of the fields.
        worth = [
            [max(score - _WORTHLESS, 0.0) - _ORDER * abs(row - column) for column, score in line]
            for row, line in enumerate(map(enumerate, scores))
        ]
        rows, columns = linear_sum_assignment(worth, maximize=True)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if scores[row][column]:
                margin = _measure_margin(scores, row, column)
                matches.append(Match(positions[row], targets[column], fits[row][column], margin))
    matches = _drop_half_parent(matches)
    filled = {(m.target.kind, m.target.field) for m in matches if not m.target.is_parent_key}
    has_parent = any(m.target.is_parent_key for m in matches)
    lacking = [
        name
        for name, declared in kind.fields.items()
        if declared.required
        and declared.default is None
        and (kind.kind, name) not in filled
        and not (name == "trajectory_id" and has_parent)
    ]
    total = sum(match.fit.score for match in matches) + _TITLE * title
    for name in lacking:
        is_made = kind.key == (name,) and kind.fields[name].pseudonym == "record"
        total -= _LACKS_KEY if is_made else _LACKS_REQUIRED
    total -= _LEFTOVER * (len(positions) - len(matches))
    named = {(at, _name(t)): f for at, row in zip(positions, fits, strict=True)
             for t, f in zip(targets, row, strict=True)}  # fmt: skip
    return KindMatch(kind.kind, tuple(matches), tuple(lacking), total, title, named)


def _name(target: Target) -> str:
    return f"{target.kind}.{target.field}"


def _drop_half_parent(matches: list[Match]) -> list[Match]:
    """Without both keys a parent is not found; then neither is of use."""
    keys = [match for match in matches if match.target.is_parent_key]
    return [m for m in matches if not m.target.is_parent_key] if len(keys) == 1 else matches


def _measure_margin(scores: list[list[float]], row: int, column: int) -> float:
    others = [s for at, s in enumerate(scores[row]) if at != column]
    rivals = [line[column] for at, line in enumerate(scores) if at != row]
    return scores[row][column] - max([0.0, *others, *rivals])


def _judge_title(fitter: Fitter, kind: RecordKind, titles: list[str]) -> float:
    phrases = [*fitter.knowledge.kinds[kind.kind].titles, kind.label.nl, kind.label.en]
    read = fitter.vocabulary.read
    return max(
        (
            fitter.vocabulary.compare(tuple(read(title)), tuple(read(phrase)), frozenset())
            for title in titles
            for phrase in phrases
        ),
        default=0.0,
    )
