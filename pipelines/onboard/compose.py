"""Puts the proposal of one table together: uses, what is left out, how records are keyed."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.deliveries.dates import parse_date
from pipelines.deliveries.layout import normalise_header
from pipelines.onboard.assign import ACCEPTED, KindMatch, Match
from pipelines.onboard.files import FoundTable
from pipelines.onboard.fit import Fitter
from pipelines.onboard.links import Links
from pipelines.onboard.proposal import (
    ColumnProposal,
    Confidence,
    RecordProposal,
    TableProposal,
    Use,
    Why,
)
from pipelines.onboard.rescue import rescue_personal
from pipelines.onboard.uses import UseMaker, pick_row_key, reads_as
from pipelines.onboard.vocabulary import split_words
from pipelines.warehouse import Warehouse

if TYPE_CHECKING:
    from pipelines.onboard.propose import Look

_FEWEST_RIDING = 2  # columns of another kind that make the rows records of that kind too
# Dates in file names, the most telling form first.
_NAME_DATES = (r"(\d{4}-\d{2}-\d{2})", r"(\d{2}-\d{2}-\d{4})", r"((?:19|20)\d{6})")


class TableComposer:
    """Composes one table."""

    def __init__(
        self,
        warehouse: Warehouse,
        fitter: Fitter,
        links: Links,
        look: "Look",
        confidence: Confidence,
    ):
        self.warehouse = warehouse
        self.fitter = fitter
        self.look = look
        self.confidence = confidence
        self.maker = UseMaker(warehouse, fitter, links, look.table, look.shapes, confidence)
        self.uses: dict[int, list[Use]] = {}

    def compose(self, match: KindMatch | None, whys: tuple[Why, ...]) -> TableProposal:
        """The proposal; without a match every column is left out."""
        records: tuple[RecordProposal, ...] = ()
        if match is not None:
            records = self._compose_records(match)
        table = self.look.table
        return TableProposal(
            table=table,
            columns=tuple(self._compose_column(at, match) for at in range(len(table.headers))),
            records=records,
            confidence=self.confidence,
            whys=whys,
            file_date_label=self._find_date_label(),
            file_date_pattern=self._find_date_pattern(),
        )

    def _compose_records(self, match: KindMatch) -> tuple[RecordProposal, ...]:
        kind = self.fitter.catalogue.records[match.kind]
        riding = [
            m for m in match.matches if m.target.kind != kind.kind and not m.target.is_parent_key
        ]
        rider = riding[0].target.kind if len(riding) >= _FEWEST_RIDING else None
        for one in match.matches:
            if one not in riding or rider:
                self.uses.setdefault(one.position, []).append(
                    self._finish(self.maker.make(one), one)
                )
        missing = list(match.lacking)
        for use, position in rescue_personal(self.look, match, kind, self.fitter, self.confidence):
            self.uses.setdefault(position, []).append(use)
            missing = [name for name in missing if name != use.field]
        missing = self._share_columns(match, missing)
        constants = self._find_constants(missing)
        missing = [name for name in missing if name not in constants]
        key, parent = None, None
        if match.has_parent_keys:
            parent = ("trajectory_id", "trajectory")
        if len(kind.key) == 1 and kind.key[0] in missing and kind.fields[kind.key[0]].pseudonym:
            positions = pick_row_key(match, kind)
            if positions:
                key = (kind.key[0], positions)
                missing.remove(kind.key[0])
        own = RecordProposal(kind.kind, tuple(missing), constants, None, key, parent)
        return (own, *self._compose_rider(kind.kind, rider))

    def _finish(self, use: Use, match: Match) -> Use:
        """The use, marked when the system fills in the date itself."""
        if match.position in self.look.filled_in and use.field == "planned_end_date":
            options = {**use.options, "is_default_date": True}
            return replace(use, options=options, whys=(*use.whys, Why("filled_in")))
        return use

    def _compose_rider(self, host: str, rider: str | None) -> tuple[RecordProposal, ...]:
        """The records that stand in the rows of another kind, when their end is known."""
        if rider is None:
            return ()
        inside = self.fitter.knowledge.kinds[rider].inside
        places = {
            use.field: at for at, uses in self.uses.items() for use in uses if use.kind == host
        }
        if not {inside.only_where, *inside.shared.values()} <= set(places):
            for at in list(self.uses):
                self.uses[at] = [use for use in self.uses[at] if use.kind != rider]
            return ()
        for field, host_field in inside.shared.items():
            at = places[host_field]
            original = next(u for u in self.uses[at] if (u.kind, u.field) == (host, host_field))
            self.uses[at].append(reads_as(original, field, rider))
        return (RecordProposal(rider, (), only_where=places[inside.only_where]),)

    def _share_columns(self, match: KindMatch, missing: list[str]) -> list[str]:
        """Lets a field without a column read the column of another, where that is the custom."""
        words = self.fitter.knowledge.kinds[match.kind]
        left = []
        for name in missing:
            other = words.same_as.get(name)
            place = next(
                (at for at, uses in self.uses.items() for use in uses if use.field == other), None
            )
            if other is None or place is None:
                left.append(name)
                continue
            original = next(use for use in self.uses[place] if use.field == other)
            self.uses[place].append(reads_as(original, name, match.kind))
        return left

    def _find_constants(self, missing: list[str]) -> dict[str, str]:
        """An instrument that only file or headers name."""
        if "instrument" not in missing:
            return {}
        table = self.look.table
        words = {w for text in (table.file, *table.headers) for w in split_words(text)}
        for instrument in self.fitter.catalogue.instruments.values():
            names = (instrument.instrument, *instrument.synonyms)
            if any(set(split_words(name)) <= words for name in names):
                return {"instrument": instrument.instrument}
        return {}

    def _compose_column(self, at: int, match: KindMatch | None) -> ColumnProposal:
        look = self.look
        column = ColumnProposal(at, look.table.headers[at], look.shapes[at])
        if self.uses.get(at):
            return replace(column, uses=tuple(self.uses[at]))
        if at in look.left_out:
            found = look.left_out[at]
            return replace(column, confidence=found.confidence, whys=(found.why,), is_personal=True)
        if at in look.of_the_person:
            return replace(column, confidence=Confidence.MEDIUM, whys=(Why("of_the_person"),))
        if at in look.table.repeated:
            return replace(column, confidence=Confidence.HIGH, whys=(Why("repeated"),))
        if not column.header:
            return replace(column, confidence=Confidence.MEDIUM, whys=(Why("no_header"),))
        return replace(column, is_unknown=True, whys=(self._explain_unknown(at, match),))

    def _explain_unknown(self, at: int, match: KindMatch | None) -> Why:
        known = match.fits if match else {}
        fits = [(fit.score, name) for (position, name), fit in known.items() if position == at]
        score, name = max(fits, default=(0.0, ""))
        if score >= ACCEPTED:
            kind, _, field = name.partition(".")
            return Why("taken", {"kind": kind, "field": field})
        return Why("not_recognised")

    def _find_date_label(self) -> str | None:
        """The label above the header beside which the date of the file stands, as delivered."""
        labels = [normalise_header(text) for text in self.fitter.knowledge.headers.file_date]
        found = []
        for row in self.look.table.preamble:
            for at, cell in enumerate(row):
                label = normalise_header(cell).rstrip(" :")
                values = [text for text in row[at + 1 :] if text.strip()]
                if label in labels and values and parse_date(self.warehouse, values[0]):
                    found.append((labels.index(label), " ".join(cell.split())))
        return min(found)[1] if found else None

    def _find_date_pattern(self) -> str | None:
        for pattern in _NAME_DATES:
            match = re.search(pattern, self.look.table.file)
            if match and parse_date(self.warehouse, match.group(1)):
                return pattern
        return None


def find_repeat(one: TableProposal, others: list[TableProposal]) -> TableProposal | None:
    """The table with the same headers, of which this one is another delivery."""
    names = _list_names(one.table)
    return next((other for other in others if _list_names(other.table) == names), None)


def _list_names(table: FoundTable) -> frozenset[str]:
    return frozenset(normalise_header(header) for header in table.headers if header)
