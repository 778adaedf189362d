"""A table read as one record kind becomes proposals: uses of columns, reasons, what is missing."""

from dataclasses import replace

from pipelines.catalogue.models.records import FieldType, RecordKind
from pipelines.onboard.assign import KindMatch, Match
from pipelines.onboard.codes import SEPARATOR, Reading
from pipelines.onboard.files import FoundTable
from pipelines.onboard.fit import Fit, Fitter, Target
from pipelines.onboard.links import Links
from pipelines.onboard.proposal import Confidence, UnknownCodes, Use, Why
from pipelines.onboard.shapes import Shape
from pipelines.warehouse import Warehouse

_SURE_HEADER, _SURE_CELLS, _SURE_MARGIN = 0.8, 0.75, 0.12
_LIKELY_SCORE = 0.55
_MOSTLY = 0.8
_ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def cap(confidence: Confidence, highest: Confidence) -> Confidence:
    """The lower of two confidences."""
    return min(confidence, highest, key=_ORDER.index)


class UseMaker:
    """Makes the uses of one table."""

    def __init__(
        self,
        warehouse: Warehouse,
        fitter: Fitter,
        links: Links,
        table: FoundTable,
        shapes: list[Shape],
        highest: Confidence,
    ):
        self.warehouse = warehouse
        self.fitter = fitter
        self.links = links
        self.table = table
        self.shapes = shapes
        self.highest = highest

    def make(self, match: Match) -> Use:
        """The use of one column, with what its mapping must say."""
        target, reading = match.target, match.fit.reading
        options: dict[str, object] = {}
        whys = self._explain(match)
        if reading and reading.is_split:
            options |= {"split": SEPARATOR, "take": "first"}
            whys.append(Why("several_values"))
        codes, unknown = (), None
        if reading:
            codes = reading.codes
            unknown = self._place_unknown(match.position, reading)
        if target.declared.type is FieldType.ID:
            options |= self._find_id_options(match.position, target, whys)
        return Use(
            kind=target.kind,
            field=target.field,
            confidence=self._judge(match),
            whys=tuple(whys),
            is_parent_key=target.is_parent_key,
            codes=codes,
            unknown_codes=unknown,
            options=options,
        )

    def _judge(self, match: Match) -> Confidence:
        fit, shape = match.fit, self.shapes[match.position]
        is_sure = (
            fit.header >= _SURE_HEADER
            and fit.cells >= _SURE_CELLS
            and match.margin >= _SURE_MARGIN
            and not shape.is_empty
            and not fit.is_flipped
        )
        if is_sure:
            return self.highest
        is_likely = fit.score >= _LIKELY_SCORE
        return cap(Confidence.MEDIUM if is_likely else Confidence.LOW, self.highest)

    def _explain(self, match: Match) -> list[Why]:
        fit, shape, target = match.fit, self.shapes[match.position], match.target
        whys = [self._explain_header(fit)]
        if shape.is_empty:
            whys.append(Why("cells_empty"))
        elif fit.reading is not None:
            whys.append(Why("cells_codes", {"percent": int(100 * fit.reading.share)}))
        else:
            whys.append(Why(f"cells_fit_{target.declared.type.value}"))
        if target.is_key and shape.is_unique and not shape.is_empty:
            whys.append(Why("cells_unique"))
        link = None
        if target.declared.type is FieldType.ID and not shape.is_empty:
            link = self.links.find_link(self.table.number, match.position, target)
        if link:
            whys.append(Why("cells_linked", {"file": link[0].file, "percent": link[1]}))
        if match.margin < _SURE_MARGIN:
            whys.append(Why("other_column_alike"))
        if fit.is_flipped:
            whys.append(Why("header_reversed"))
        return whys

    def _explain_header(self, fit: Fit) -> Why:
        if fit.header >= 0.95:
            return Why("header_same")
        if fit.header >= _LIKELY_SCORE:
            return Why("header_alike")
        return Why("header_weak")

    def _find_id_options(self, position: int, target: Target, whys: list[Why]) -> dict[str, object]:
        shape, options = self.shapes[position], {}
        is_worded = shape.share("with_digit") < 1 - _MOSTLY and shape.share("spaced") > 1 - _MOSTLY
        if target.declared.pseudonym == "worker" and is_worded:
            options["is_name"] = True
            whys.append(Why("worker_names"))
        padding = self.links.find_padding(self.table.number, position, target)
        if padding:
            options["pad_to"] = padding
            whys.append(Why("zeros_lost", {"length": padding}))
        if not target.declared.pseudonym and self._has_joined(position, target):
            options["split"] = SEPARATOR
            whys.append(Why("several_values"))
        return options

    def _has_joined(self, position: int, target: Target) -> bool:
        """True when cells hold several of the keys of the parent, and no key holds a separator."""
        texts = {text.casefold() for text in self.shapes[position].texts}
        keys = {
            text.casefold()
            for number, at in self.links.list_homes(target.declared, target)
            for text in self.links.shapes[number][at].texts
        }
        joined = [text for text in texts - keys if SEPARATOR in text]
        is_unsafe = any(SEPARATOR in key for key in keys)
        known = keys or texts
        return not is_unsafe and any(
            all(part in known for part in text.split(SEPARATOR)) for text in joined
        )

    def _place_unknown(self, position: int, reading: Reading) -> UnknownCodes | None:
        if not reading.unknown:
            return None
        rows, first = self.warehouse.fetch_one(
            f"select count(*), min(row_number) from {self.table.rows}"
            f" where list_contains($texts, v{position})",
            {"texts": list(reading.unknown)},
        )
        return UnknownCodes(len(reading.unknown), rows, first)


def reads_as(use: Use, field: str, kind: str) -> Use:
    """The same column used for another field of the same row."""
    return replace(use, kind=kind, field=field, whys=(*use.whys, Why("shared")))


def pick_row_key(match: KindMatch, kind: RecordKind) -> tuple[int, ...]:
    """The columns that together tell the rows of a kind apart.

    Its parent, its first date (a later one may still be filled in) and its required codes.
    """
    own = [m for m in match.matches if not m.target.is_parent_key and m.target.kind == match.kind]
    parents = [m.position for m in match.matches if m.target.is_parent_key]
    references = [
        m.position for m in own if m.target.declared.references and m.target.declared.required
    ]
    order = list(kind.fields)
    dates = [m for m in own if m.target.declared.type is FieldType.DATE]
    first = sorted(dates, key=lambda m: order.index(m.target.field))[:1]
    codes = [
        m.position
        for m in own
        if m.target.declared.type is FieldType.CODE and m.target.declared.required
    ]
    return tuple(dict.fromkeys([*parents, *references, *(m.position for m in first), *codes]))
