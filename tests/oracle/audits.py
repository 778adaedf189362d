"""The rules of audits, one audit at a time: item scores, parts and bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.knowledge import Knowledge
from tests.oracle.own_rules import AS_SHIPPED
from tests.oracle.profile import Bands, find_band
from tests.oracle.scores import RECORDED_SHARE
from tests.oracle.world import Row, World


@dataclass(frozen=True)
class Instrument:
    """What the rules must know of an instrument; without items nothing can be added up."""

    names: tuple[str, ...]
    items: dict[str, str]  # item -> subscale
    subscales: tuple[str, ...] = ("structure", "supervision", "practice")
    is_sum: bool = False
    item_count: int = 0
    high_from: int | None = None  # of the total; None: the bands of the record profile

    def band_of(self, mean: Fraction, general: Bands) -> str:
        """The band of a mean; a limit of a sum is a limit of its mean as well."""
        if self.high_from is None:
            return find_band(mean, general)
        points = mean * (self.item_count if self.is_sum else 1)
        return "high" if points >= self.high_from else "below_high"


KANSAS_2009 = Instrument(
    ("sm-kansas-2009", "sm kansas 2009", "kansas 2009"),
    {
        **dict.fromkeys(("SM01", "SM02", "SM03", "SM04"), "structure"),
        **dict.fromkeys(("SM05", "SM06", "SM07", "SM08"), "supervision"),
        **dict.fromkeys(("SM09", "SM10", "SM11", "SM12", "SM13", "SM14"), "practice"),
    },
    item_count=14,
)
KANSAS_2012 = Instrument(
    ("sm-kansas-2012", "sm kansas 2012", "kansas 2012"),
    {},
    is_sum=True,
    item_count=11,
    high_from=45,
)
DUTCH_10 = Instrument(("smf-nl-10", "smf-nl", "smf nl 10", "houvast-audit"), {}, item_count=10)
SHIPPED = (KANSAS_2009, KANSAS_2012, DUTCH_10)

Item = tuple[Fraction | None, str]  # score, status


def rate_by_assessor(rows: list[Row]) -> dict[str, Fraction]:
    """Assessor -> rating: overall when it has a score, else the mean over sources."""
    found: dict[str, Fraction] = {}
    for assessor in {row["assessor_id"] for row in rows}:
        own = [row for row in rows if row["assessor_id"] == assessor and row["score"] is not None]
        overall = [row["score"] for row in own if row["evidence_source"] == "overall"]
        scores = overall or [row["score"] for row in own]
        if scores:
            found[assessor] = Fraction(sum(scores), len(scores))
    return found


def score_item(rows: list[Row]) -> Item:
    """An item from all its rows."""
    for row in rows:
        if row["is_consensus"]:
            if row["score"] is not None:
                return Fraction(row["score"]), "shown"
            agreed_not = row["null_reason"] == "not_applicable"
            return None, "not_applicable" if agreed_not else "no_data"
    ratings = rate_by_assessor(rows)
    if ratings:
        return Fraction(sum(ratings.values()), len(ratings)), "shown"
    if rows and all(row["null_reason"] == "not_applicable" for row in rows):
        return None, "not_applicable"
    return None, "no_data"


def count_raters(rows: list[Row]) -> int | None:
    """Assessors who rated by themselves; None when nobody did."""
    return len({row["assessor_id"] for row in rows if not row["is_consensus"]}) or None


def score_part(instrument: Instrument | None, part: str, items: list[Item], general: Bands) -> Row:
    """A subscale or total from the items in it."""
    applicable = [item for item in items if item[1] != "not_applicable"]
    scores = [score for score, _ in applicable if score is not None]
    n, s, total = len(applicable), len(scores), Fraction(sum(scores))
    is_total = part == "total"
    points = instrument.item_count if instrument and instrument.is_sum and is_total else 1
    row = {"part": part, "score": None, "lowest": None, "highest": None, "band": None}
    if n == 0:
        return {**row, "status": "no_data"}
    low, high = (total + n - s) / n, (total + 5 * (n - s)) / n
    row |= {"lowest": low * points, "highest": high * points}
    if Fraction(s, n) < RECORDED_SHARE:
        return {**row, "status": "too_incomplete"}
    row |= {"score": total / s * points, "status": "single_indicator" if n == 1 else "shown"}
    if is_total or not instrument.is_sum or instrument.high_from is None:
        bands = {instrument.band_of(low, general), instrument.band_of(high, general)}
        row["band"] = bands.pop() if len(bands) == 1 else "not_determined"
    return row


def score_audit(instrument: Instrument | None, rows: list[Row], general: Bands) -> list[Row]:
    """Items, subscales and total of one audit; ``general`` bands where it has none."""
    listed = instrument.items if instrument else {}
    names = sorted(listed or {row["item_id"] for row in rows})
    items = {name: score_item([row for row in rows if row["item_id"] == name]) for name in names}
    found = [
        {"part": n, "score": s, "lowest": None, "highest": None, "band": None, "status": status}
        for n, (s, status) in items.items()
    ]
    subscales = [
        score_part(
            instrument, part, [items[name] for name in listed if listed[name] == part], general
        )
        for part in (instrument.subscales if instrument else ())
    ]
    total = score_part(instrument, "total", [items[name] for name in listed], general)
    applicable = {
        part["part"]: sum(
            listed[name] == part["part"] and items[name][1] != "not_applicable" for name in listed
        )
        for part in subscales
    }
    if total["status"] in ("shown", "single_indicator") and any(
        applicable[part["part"]] >= 2 and part["status"] != "shown" for part in subscales
    ):
        total |= {"score": None, "band": None, "status": "too_incomplete"}
    return [*found, *subscales, total]


def score_audits(world: World, own: Mapping[str, tuple[Instrument, ...]]) -> list[Row]:
    """All rows of ``results.audit_scores``; ``own``: organisation -> instruments it brings."""
    found = []
    for organisation in world.organisations:
        know = Knowledge(world, organisation)
        brought = own.get(know.organisation_id, ())
        by_name = {name: one for one in (*SHIPPED, *brought) for name in one.names}
        general = world.own_rules.get(know.organisation_id, AS_SHIPPED).bands
        for audit in know.known("fidelity_audit", "audit_date"):
            rows = list_ratings(know, audit)
            instrument = by_name.get(audit["instrument"].strip().lower())
            where = {name: audit[name] for name in ("team_id", "audit_id", "audit_date", "round")}
            found += [
                {
                    "organisation_id": know.organisation_id,
                    **where,
                    "instrument": instrument.names[0] if instrument else audit["instrument"],
                    "raters": count_raters(rows),
                    **part,
                }
                for part in score_audit(instrument, rows, general)
            ]
    return found


def list_ratings(know: Knowledge, audit: Row) -> list[Row]:
    return [row for row in know.rows("audit_rating") if row["audit_id"] == audit["audit_id"]]


Inputs = tuple[dict[tuple, list[Fraction]], dict[tuple, list[Fraction]]]


def list_agreement_inputs(world: World, own: Mapping[str, tuple[Instrument, ...]]) -> Inputs:
    """What assessors are compared on: ratings by item and totals, of audits without consensus.

    Keys: (instrument, organisation, audit, item) and (instrument, organisation, audit). A total is
    the mean of an assessor who rated four fifths of the listed items that applied.
    """
    ratings: dict[tuple, list[Fraction]] = {}
    totals: dict[tuple, list[Fraction]] = {}
    for organisation in world.organisations:
        know = Knowledge(world, organisation)
        brought = own.get(know.organisation_id, ())
        by_name = {name: one for one in (*SHIPPED, *brought) for name in one.names}
        for audit in know.known("fidelity_audit", "audit_date"):
            rows = list_ratings(know, audit)
            if any(row["is_consensus"] for row in rows):
                continue
            instrument = by_name.get(audit["instrument"].strip().lower())
            name = instrument.names[0] if instrument else audit["instrument"]
            key = (name, know.organisation_id, audit["audit_id"])
            listed = list(instrument.items) if instrument else []
            of_item = {
                item: [row for row in rows if row["item_id"] == item]
                for item in listed or {row["item_id"] for row in rows}
            }
            rated = {item: rate_by_assessor(found) for item, found in of_item.items()}
            ratings |= {(*key, item): sorted(one.values()) for item, one in rated.items() if one}
            applicable = [
                item for item in listed if score_item(of_item[item])[1] != "not_applicable"
            ]
            for assessor in sorted({row["assessor_id"] for row in rows}):
                given = [rated[item][assessor] for item in applicable if assessor in rated[item]]
                if given and Fraction(len(given), len(applicable)) >= Fraction(4, 5):
                    totals.setdefault(key, []).append(Fraction(sum(given), len(given)))
    return ratings, {key: sorted(found) for key, found in totals.items()}
