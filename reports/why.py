"""Why a number is what it is: the sentences of ``krachtwerk explain``, from protected rows alone.

Not here: the words (they are shared with the command) and any arithmetic beyond reading fractions.
"""

from dataclasses import dataclass
from fractions import Fraction

from pipelines.catalogue.models.indicators import Indicator
from pipelines.explain.explanation import Explanation, Missing, Place
from pipelines.explain.next_anchor import NextAnchor, NotReachable
from pipelines.explain.numbers import Numbers
from pipelines.explain.phrases import Phrases
from pipelines.explain.reach import Reach
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.score_key import read_score_key
from pipelines.explain.scores import Score
from pipelines.explain.units import UnitCounts
from reports.formats import start_with_capital
from reports.organisation import Entity
from reports.pages.page import PageContext

TOLD_AS_MISSING = {"not_recorded", "kind_not_delivered"}


@dataclass(frozen=True)
class Why:
    """What a reader finds under one indicator; empty texts are left out."""

    sentence: str
    rule: str
    norm: str
    units: str
    missing: str
    next: str


def explain_on_page(
    context: PageContext, entity: Entity, row: dict | None, one: Indicator, excluded: str
) -> Why:
    """The reasons behind one indicator of a year.

    Args:
        row: its protected score row, or None.
        excluded: the excluded units in words, as far as they may be told.
    """
    words = context.words
    rule = words(
        "why.rule_text",
        text=one.rule_text.in_language(context.language),
        version=one.version,
        provenance=words(f"provenance.{one.provenance}"),
    )
    reason = context.organisation.evidence.reason(row["score_key"]) if row else None
    if reason is None or reason["is_suppressed"]:
        return Why("", rule, write_norm(context, one), "", "", "")
    is_untold, told = _read_exclusions(entity, row)
    phrases = Phrases(_make_explanation(context, row, reason, one, told), words)
    past = words("explain.next.past")
    missing = phrases.list_missing()
    if is_untold:
        missing = [words("why.missing_untold")]
    elif missing == [words("explain.missing.none")]:
        missing = []
    return Why(
        sentence=phrases.write_sentence(),
        rule=rule,
        norm=write_norm(context, one),
        units=" ".join(filter(None, (_write_units(phrases), excluded))),
        missing=" ".join(missing),
        next=" ".join(line for line in phrases.list_next() if line != past),
    )


def _read_exclusions(entity: Entity, row: dict) -> tuple[bool, dict[str, int]]:
    """Is something missing of which the number is hidden, and else the counts by reason."""
    found = entity.exclusions_of(row)
    if any(one["units"] is None for one in found):
        return bool({one["exclusion_reason"] for one in found} & TOLD_AS_MISSING), {}
    return False, {one["exclusion_reason"]: int(one["units"]) for one in found}


def _write_units(phrases: Phrases) -> str:
    counts, words, numbers = phrases.explanation.counts, phrases.words, phrases.numbers
    values = {"counted": numbers.number(counts.counted, 0), "units": phrases.units}
    if counts.met is None:
        return words("why.units_counted", **values)
    key = "feature" if phrases.has_feature else "met"
    met, not_met = numbers.number(counts.met, 0), numbers.number(counts.not_met, 0)
    return words(f"why.units_{key}", **values, met=met, not_met=not_met)


def write_norm(context: PageContext, one: Indicator) -> str:
    """The anchors on one line, from the lowest values up: ``1 <10% · 2 <37% · ... · 5 ≥90%``."""
    if one.anchors is None:
        return context.words("explain.anchors.none")
    numbers = Numbers(context.words)

    def show(sign: str, limit: Fraction) -> str:
        return sign + numbers.value(limit, one.printed_unit)

    steps = []
    for step in _list_ranges(context, one):
        if step.upper is not None:
            limit = show("≤" if step.is_upper_inclusive else "<", step.upper)
        else:
            limit = show("≥" if step.is_lower_inclusive else ">", step.lower)
        steps.append(f"{step.score} {limit}")
    return " · ".join(steps) or context.words("explain.anchors.rating")


def _read(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _list_ranges(context: PageContext, one: Indicator) -> tuple[AnchorRange, ...]:
    declared = context.catalogue.anchors.get(one.anchors or "")
    steps = declared.steps if declared else ()
    ranges = [
        AnchorRange(
            step.score,
            None if step.lower is None else Fraction(step.lower),
            None if step.upper is None else Fraction(step.upper),
            step.is_lower_inclusive,
            step.is_upper_inclusive,
        )
        for step in steps
    ]
    return tuple(sorted(ranges, key=lambda step: (step.lower is not None, step.lower or 0)))


def _make_explanation(
    context: PageContext, row: dict, reason: dict, one: Indicator, told: dict[str, int]
) -> Explanation:
    weight = int(reason["counted_weight"])
    left_empty = int(reason["not_recorded_weight"] or 0)
    known = weight + left_empty
    score = Score(
        key=read_score_key(row["score_key"]),
        shape=reason["shape"],
        status=row["status"],
        numerator=Fraction(reason["numerator_exact"]),
        denominator=Fraction(reason["denominator_exact"]),
        score=row["score"],
        ci_low=row["ci_low"],
        ci_high=row["ci_high"],
        counted_weight=weight,
        excluded_count=int(row["units_excluded"] or 0),
        organisations_counted=0,
        # when the whole year is provisional the head of the page says so, once
        is_provisional=bool(row["is_provisional"]) and not context.organisation.is_year_provisional,
        anchors=one.anchors,
        anchors_version=None,  # the ranges come from the catalogue itself
        minimum=one.minimum_units,
        needs_numerator=one.rule.needs_numerator,
        is_about_clients=False,
        step=Fraction(1),
    )
    met, not_met = (None if reason[name] is None else int(reason[name])
                    for name in ("met", "not_met"))  # fmt: skip
    return Explanation(
        score=score,
        indicator=one,
        place=Place(None, None),
        settings=(),
        anchors=_list_ranges(context, one),
        anchors_provenance=None,
        anchors_source=None,
        norms=(),  # they stand in a table of their own on the page
        counts=UnitCounts(int(reason["counted"]), met, not_met, told, left_empty),
        missing=Missing(
            recorded_share=Fraction(weight, known) if known else None,
            to_record=Fraction(int(reason["to_record"] or 0)),
            to_count=Fraction(reason["to_count_exact"]),
        ),
        reach=_read_reach(reason),
        lifts=(),
        units=(),
        units_not_listed=0,
    )


def _read_reach(reason: dict) -> Reach:
    if reason["next_reason"] is not None:
        return Reach(NotReachable(reason["next_reason"]))
    fewest = reason["fewest_units"]
    anchor = NextAnchor(
        limit=_read(reason["next_limit_exact"]),
        is_limit_enough=bool(reason["next_is_limit_enough"]),
        amount=_read(reason["next_amount_exact"]),
        is_rise=bool(reason["next_is_rise"]),
        numerator_after=_read(reason["next_numerator_exact"]),
        value_after=_read(reason["next_value_exact"]),
        score_after=_read(reason["next_score_exact"]),
    )
    return Reach(anchor, None if fewest is None else int(fewest))


def list_lift_sentences(context: PageContext, entity: Entity, period: str | None) -> list[str]:
    """The steps that would lift the record profile most, one sentence each."""
    words, numbers = context.words, Numbers(context.words)
    return [
        words(
            "why.lift_one",
            name=context.name(row["indicator_id"]),
            now=numbers.number(row["score_now"]),
            score=numbers.number(row["score_after"]),
            trajectories=words.count("explain.lift.trajectories", int(row["trajectory_count"])),
            rise=numbers.number(row["rise"]),
        )
        for row in context.organisation.evidence.lifts_of(entity.team_id, period)
    ]


def list_change_sentences(context: PageContext, entity: Entity, year: str | None) -> list[str]:
    """What moved since the year before and since the quarter before, one sentence each."""
    rows = context.organisation.evidence.changes_of(entity.team_id, year)
    return [_write_change(context, row) for row in rows]


def _write_change(context: PageContext, row: dict) -> str:
    words, formats, numbers = context.words, context.formats, Numbers(context.words)
    periods = {
        "period": formats.period(row["period"]),
        "before": formats.period(row["previous_period"]),
    }
    if row["indicator_id"] is None:
        return start_with_capital(words("why.change.none", **periods))
    unit = context.catalogue.indicators[row["indicator_id"]].printed_unit
    why = ""
    if row["main_part"] is not None:
        part = words(f"why.change.part.{row['main_part']}")
        why = words("why.change.why", part=part)
        if row["main_unit_count"] is not None:
            why = words("why.change.why_count", part=part, count=_count_units(context, row))
    sentence = words(
        "why.change.one" if row["indicators_moved"] == 1 else "why.change.more",
        **periods,
        number=formats.count(row["indicators_moved"]),
        name=start_with_capital(context.name(row["indicator_id"])),
        value_before=formats.value(row["value_before"], unit, 0),
        value_after=formats.value(row["value_after"], unit, 0),
        score_before=numbers.number(row["score_before"]),
        score_after=numbers.number(row["score_after"]),
        why=why,
    )
    return start_with_capital(sentence)


def _count_units(context: PageContext, row: dict) -> str:
    """How many units lie behind a change, by their own name: ``98 teamkrachtbesprekingen``."""
    count = int(row["main_unit_count"])
    if count == 1:
        return context.words.count("changes.count", count)
    units = context.catalogue.indicators[row["indicator_id"]].unit_label
    return f"{context.formats.count(count)} {units.in_language(context.language)}"
