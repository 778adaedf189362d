"""Audits in words: names of instruments, items and rounds, ratings, differences and their reasons.

Everything here is a sentence or a choice of rows; nothing here computes a score.
"""

from collections import defaultdict
from dataclasses import dataclass

from pipelines.catalogue.models.audit_instruments import AuditInstrument
from pipelines.catalogue.models.bands import Band
from reports.audit_book import TOTAL, Audit
from reports.formats import DASH
from reports.pages.page import PageContext

WIDE = 1  # a difference of a point or more is worth a conversation
TOLERANCE = 1e-9  # scores are doubles of exact fractions
KNOWN_REASONS = ("no_pairs", "both_raters_constant", "all_ratings_equal")


@dataclass(frozen=True)
class InstrumentWords:
    """One audit instrument in the language of the page; also one that nobody declared."""

    context: PageContext
    name: str

    @property
    def declared(self) -> AuditInstrument | None:
        """The declaration, or None for an instrument that the catalogue does not know."""
        return self.context.catalogue.audit_instruments.get(self.name)

    @property
    def label(self) -> str:
        """The name of the instrument."""
        if self.declared is None:
            return self.name
        return self.declared.label.in_language(self.context.language)

    @property
    def steps(self) -> tuple[Band, ...]:
        """Its bands, or those of the record profile."""
        own = self.declared.bands if self.declared else None
        return own.steps if own else self.context.bands.steps

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest total there can be."""
        if self.declared is None:
            return 1, 5
        points = self.declared.item_count if self.declared.total == "sum" else 1
        return self.declared.lowest_rating * points, self.declared.highest_rating * points

    def name_part(self, part: str) -> str:
        """The name of an item, a subscale or the total."""
        if part == TOTAL:
            return self.context.words("audits.total")
        found = None
        if self.declared is not None:
            found = self.declared.subscales.get(part) or self.declared.items.get(part)
        return found.label.in_language(self.context.language) if found else part

    def list_parts(self) -> list[str]:
        """Total and subscales, in reading order."""
        return [TOTAL, *(self.declared.subscales if self.declared else ())]

    def list_items(self, audits: list[Audit]) -> list[str]:
        """The items in the order of the instrument; without a list, those that were rated."""
        if self.declared is not None and self.declared.items:
            return list(self.declared.items)
        parts = set(self.list_parts())
        return sorted({part for audit in audits for part in audit.scores} - parts)

    def name_band(self, band: str | None) -> str:
        """The word for a band; empty without one."""
        if band is None:
            return ""
        labels = {one.band: one.label.in_language(self.context.language) for one in self.steps}
        return labels.get(band) or self.context.words(f"band.{band}")

    def say_band(self, band: str | None) -> str:
        """A band as part of a sentence."""
        if band is None:
            return ""
        labels = {one.band: one.label.in_language(self.context.language) for one in self.steps}
        words = self.context.words
        return words("band.level", band=labels[band]) if band in labels else self.name_band(band)


def name_round(context: PageContext, audit_round: str) -> str:
    """The round in words."""
    return name_code(context, "audit_round", audit_round)


def name_code(context: PageContext, code_list: str, code: str | None) -> str:
    """The label of a code; empty for an empty one."""
    if code is None:
        return ""
    declared = context.catalogue.codes[code_list].codes.get(code)
    return declared.label.in_language(context.language) if declared else code


def show_change(context: PageContext, change: float | None) -> str:
    """A difference of two scores with its sign."""
    if change is None:
        return DASH
    size = context.formats.number(abs(change), 1)
    if size == context.formats.number(0, 1):
        return size
    return ("+" if change > 0 else "−") + size


def show_score(context: PageContext, row: dict | None) -> str:
    """The score of a part, or why there is none."""
    if row is None:
        return DASH
    if row["score"] is not None:
        return context.formats.score(row["score"])
    return context.words(f"audits.item_status.{row['status']}") or DASH


def show_bounds(context: PageContext, row: dict | None) -> str:
    """Where the score lies if what was not rated had the lowest, or the highest, rating."""
    if row is None or row["lowest"] is None:
        return DASH
    return context.formats.bounds(row["lowest"], row["highest"])


def show_raters(context: PageContext, audit: Audit) -> str:
    """How many assessors there were."""
    if audit.is_suppressed:
        return DASH
    if audit.raters is None:
        return context.words("audits.raters_unknown")
    return context.formats.count(audit.raters)


def describe_ratings(context: PageContext, ratings: list[dict]) -> list[str]:
    """One line per assessor (by letter) with each rating and its source, and what was agreed."""
    words = context.words
    hands: dict[int, list[dict]] = defaultdict(list)
    for row in ratings:
        hands[0 if row["is_consensus"] else int(row["assessor_number"])].append(row)
    lines = []
    for number in sorted(hands, key=lambda one: (one == 0, one)):
        who = words("audits.consensus")
        if number:
            who = words("audits.assessor", letter=chr(ord("A") + number - 1))
        scores = ", ".join(_show_rating(context, row) for row in hands[number])
        lines.append(words("audits.rating", who=who, scores=scores))
    return lines


def _show_rating(context: PageContext, row: dict) -> str:
    if row["score"] is None:
        reason = row["null_reason"]
        score = name_code(context, "null_reason", reason) or context.words("audits.no_rating")
    else:
        score = context.formats.count(row["score"])
    if row["is_consensus"]:
        return score
    source = name_code(context, "evidence_source", row["evidence_source"])
    return context.words("audits.evidence", score=score, source=source)


def describe_difference(context: PageContext, row: dict) -> str:
    """Size and direction; else why records and assessors cannot be compared."""
    words = context.words
    if row["difference"] is None:
        status = words(f"audits.record_status.{row['record_status']}")
        return status or words(f"audits.item_status.{row['audit_status']}")
    size = context.formats.number(abs(row["difference"]), 1)
    return words(f"audits.difference.{row['direction']}", size=size)


def is_wide(row: dict) -> bool:
    """True when records and assessors are a point or more apart."""
    return row["difference"] is not None and abs(row["difference"]) >= WIDE - TOLERANCE


def list_reasons(context: PageContext, row: dict) -> list[str]:
    """What may lie behind a difference, in words; none where there is no difference."""
    if row["direction"] in (None, "equal"):
        return []
    words = context.words
    reasons = [
        words(f"audits.why.{reason}")
        for reason, holds in (
            ("few_units", row["has_few_units"]),
            ("missing_records", row["has_missing_records"]),
            ("other_period", row["is_other_period"]),
        )
        if holds
    ]
    if is_wide(row):
        reasons.append(words(f"audits.why.{row['direction']}"))
    return reasons


def describe_agreement(context: PageContext, row: dict) -> dict:
    """One statistic as a table shows it: name, value, n and state in words."""
    words, formats = context.words, context.formats
    value = DASH
    if row["value"] is not None:
        is_share = row["statistic"].startswith("share_")
        value = formats.percent(row["value"]) if is_share else formats.number(row["value"], 2)
    reason = row["reason"] if row["reason"] in KNOWN_REASONS else "other"
    return {
        "name": words.get(f"audits.statistic.{row['statistic']}", row["statistic"]),
        "value": value,
        "n": formats.count(row["n"]),
        "state": words(
            f"audits.agreement_state.{row['status']}",
            reason=words(f"audits.agreement_reason.{reason}"),
        ),
    }
