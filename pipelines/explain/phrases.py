"""The sentences of an explanation, in one language: also for a page, without a single row."""

from fractions import Fraction

from pipelines.catalogue.wording import Words
from pipelines.explain.explanation import Explanation, Place
from pipelines.explain.next_anchor import NotReachable
from pipelines.explain.norms import Norm
from pipelines.explain.numbers import Numbers
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.units import MET_SHAPES


class Phrases:
    """The words of one explanation."""

    def __init__(self, explanation: Explanation, words: Words):
        self.explanation = explanation
        self.words = words
        self.numbers = Numbers(words)
        self.indicator = explanation.indicator
        self.score = explanation.score
        self.name = self.indicator.name.in_language(words.language)
        self.units = self.indicator.unit_label.in_language(words.language)

    @property
    def has_feature(self) -> bool:
        """True when meeting the rule is no merit: a share of which lower is better."""
        return self.indicator.is_lower_better and self.score.shape in MET_SHAPES

    def write_heading(self) -> str:
        """Indicator, place and period."""
        return write_heading(self.words, self.name, self.score.key, self.explanation.place)

    def write_sentence(self) -> str:
        """The number, its score and how sure it is, in one to three plain sentences."""
        parts = [self._write_value(), self._write_score()]
        if self.score.is_provisional:
            parts.append(self.words("explain.sentence.provisional"))
        return " ".join(parts)

    def _write_value(self) -> str:
        score, counts, numbers = self.score, self.explanation.counts, self.numbers
        if score.value is None:
            return self.words("explain.sentence.none")
        value = numbers.value(score.value, self.indicator.printed_unit)
        if score.shape in MET_SHAPES:
            key = "met_lower" if self.has_feature else "met"
            return self.words(
                f"explain.sentence.{key}",
                met=numbers.number(counts.met, 0),
                counted=numbers.number(counts.counted, 0),
                units=self.units,
                value=value,
            )
        return self.words("explain.sentence.amount", **self.write_amounts(), value=value)

    def write_amounts(self) -> dict[str, str]:
        """Numerator and denominator with the words for what they count."""
        key = self.indicator.rule.measure or self.score.shape
        return {
            "numerator": self.numbers.number(self.score.numerator),
            "denominator": self.numbers.number(self.score.denominator),
            "numerator_words": self.words(f"explain.amount.{key}.numerator"),
            "denominator_words": self.words(f"explain.amount.{key}.denominator"),
        }

    def _write_score(self) -> str:
        score = self.score
        if score.status == "scored" and score.shape == "rated":
            return self.words("explain.sentence.rating")
        if score.status == "scored":
            return self.words("explain.sentence.score", score=self.numbers.number(score.score))
        share = self.explanation.missing.recorded_share
        return self.words(
            f"explain.sentence.{score.status}",
            minimum=self.write_minimum(),
            share=self.numbers.value(share, "share"),
        )

    def write_minimum(self) -> str:
        """The minimum of the indicator, in units or worker-months."""
        kind = "months" if self.score.shape == "rate" else "units"
        return self.words(f"explain.minimum.{kind}", minimum=self.score.minimum)

    def write_norm(self, norm: Norm) -> str:
        """A requirement on this score: its norm, where it comes from, and what came of it."""
        requirement, words = norm.requirement, self.words
        direction = "at_most" if requirement.is_maximum else "at_least"
        value = self.numbers.value(norm.norm, self.indicator.printed_unit)
        return words(
            "explain.norm",
            id=requirement.id,
            name=requirement.name.in_language(words.language),
            norm=words(f"requirement.{direction}", norm=value),
            provenance=words(f"provenance.{requirement.provenance}"),
            status=words(f"requirement_status.{norm.status}"),
            reason=words(f"requirement_reason.{norm.reason}"),
        )

    def write_anchors(self) -> list[str]:
        """The ranges of the anchors in words, lowest values first; else why there are none."""
        if self.score.anchors is None:
            return [self.words("explain.anchors.none")]
        if not self.explanation.anchors:
            return [self.words("explain.anchors.rating")]
        return [
            self.words("explain.anchors.step", score=step.score, range=self._write_range(step))
            for step in self.explanation.anchors
        ]

    def _write_range(self, step: AnchorRange) -> str:
        limits = {}
        if step.lower is not None:
            key = "from" if step.is_lower_inclusive else "above"
            limits["lower"] = self.words(f"explain.anchors.{key}", lower=self._limit(step.lower))
        if step.upper is not None:
            key = "up_to" if step.is_upper_inclusive else "below"
            limits["upper"] = self.words(f"explain.anchors.{key}", upper=self._limit(step.upper))
        if len(limits) == 2:
            return self.words("explain.anchors.between", **limits)
        return next(iter(limits.values()), "")

    def _limit(self, limit: Fraction) -> str:
        return self.numbers.value(limit, self.indicator.printed_unit)

    def list_missing(self) -> list[str]:
        """What is not recorded, not delivered, or short of the minimum."""
        missing, counts, lines = self.explanation.missing, self.explanation.counts, []
        if counts.not_recorded_weight:
            lines.append(
                self.words(
                    "explain.missing.share",
                    share=self.numbers.value(missing.recorded_share, "share"),
                    known=self.numbers.number(
                        self.score.counted_weight + counts.not_recorded_weight, 0
                    ),
                    number=self.numbers.number(counts.not_recorded_weight, 0),
                )
            )
        if missing.to_record:
            number = self.numbers.number(missing.to_record)
            lines.append(self.words("explain.missing.to_record", number=number))
        if missing.to_count and self.score.status != "scored":
            kind = "to_count_months" if self.score.shape == "rate" else "to_count"
            number = self.numbers.number(missing.to_count)
            lines.append(
                self.words(f"explain.missing.{kind}", number=number, minimum=self.score.minimum)
            )
        if "kind_not_delivered" in counts.excluded:
            number = counts.excluded["kind_not_delivered"]
            lines.append(self.words("explain.missing.not_delivered", number=number))
        return lines or [self.words("explain.missing.none")]

    def list_next(self) -> list[str]:
        """What the next anchor would have taken."""
        reach, numbers = self.explanation.reach, self.numbers
        if isinstance(reach.anchor, NotReachable):
            return [self.words(f"explain.next.{reach.anchor.reason}")]
        anchor = reach.anchor
        values = {
            "amount": numbers.number(anchor.amount),
            "value": numbers.value(anchor.value_after, self.indicator.printed_unit),
            "score": numbers.number(anchor.score_after),
            "limit": self._limit(anchor.limit),
        }
        if self.score.shape == "rated":
            lines = [self.words("explain.next.rating", **values)]
        elif self.score.shape in MET_SHAPES:
            key = "met_rise" if anchor.is_rise else "met_fall"
            counted = numbers.number(self.explanation.counts.counted, 0)
            lines = [self.words(f"explain.next.{key}", **values, counted=counted, units=self.units)]
        else:
            key = "amount_rise" if anchor.is_rise else "amount_fall"
            lines = [self.words(f"explain.next.{key}", **self.write_amounts(), **values)]
        if self.score.shape not in MET_SHAPES and reach.fewest_units is not None:
            lines.append(self.words.count("explain.next.fewest", reach.fewest_units))
        return [*lines, self.words("explain.next.past")]

    def list_lifts(self, names: dict[str, str]) -> list[str]:
        """The indicators that would lift the record profile most; ``names`` by indicator id."""
        lines = [
            self.words(
                "explain.lift.one",
                name=names[lift.indicator_id],
                indicator=lift.indicator_id,
                now=self.numbers.number(lift.score_now),
                score=self.numbers.number(lift.anchor.score_after),
                trajectories=self.words.count("explain.lift.trajectories", lift.trajectory_count),
                scores=lift.score_count,
                rise=self.numbers.number(lift.rise, 3),
            )
            for lift in self.explanation.lifts
        ]
        return [*(lines or [self.words("explain.lift.none")]), self.words("explain.lift.rule")]


def write_place(words: Words, key: ScoreKey, place: Place) -> str:
    """The team, organisation or all organisations, by name."""
    return words(f"explain.place.{key.level}", team=place.team, organisation=place.organisation)


def write_heading(words: Words, name: str, key: ScoreKey, place: Place) -> str:
    """Indicator, place and period."""
    heading = words(
        "explain.heading",
        name=name,
        indicator=key.indicator_id,
        place=write_place(words, key, place),
        period=Numbers(words).period(key.period),
    )
    return heading[:1].upper() + heading[1:]
