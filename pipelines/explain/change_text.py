"""A split difference as text for a terminal and as plain values for JSON."""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import Words, load_words
from pipelines.explain.changes import Part, PartOfChange
from pipelines.explain.comparing import Change
from pipelines.explain.explanation import read_place
from pipelines.explain.numbers import DASH, Numbers, write_exact
from pipelines.explain.phrases import write_place
from pipelines.explain.text import list_section, wrap
from pipelines.warehouse import Warehouse


class ChangePhrases:
    """The words of one change, in one language."""

    def __init__(self, change: Change, catalogue: Catalogue, words: Words):
        self.change = change
        self.words = words
        self.numbers = Numbers(words)
        self.indicator = catalogue.indicators[change.score.key.indicator_id]
        self.unit = self.indicator.printed_unit

    def write_heading(self, place: str) -> str:
        """Indicator, place and the two periods or releases."""
        after = self.numbers.period(self.change.score.key.period)
        heading = self.words(
            "changes.heading",
            name=self.indicator.name.in_language(self.words.language),
            indicator=self.indicator.id,
            place=place,
            after=after,
            before=self._write_before(),
        )
        return heading[:1].upper() + heading[1:]

    def _write_before(self) -> str:
        before = self.numbers.period(self.change.before.period)
        if self.change.release:
            return self.words("changes.release", period=before, release=self.change.release)
        return before

    def write_sentence(self) -> str:
        """The difference and its largest part, in one or two plain sentences."""
        split = self.change.split
        if split.difference is None:
            after = self.numbers.period(self.change.score.key.period)
            empty = self._write_before() if split.value_before is None else after
            return self.words("changes.sentence.no_value", period=empty)
        direction = "rose" if split.difference > 0 else "fell" if split.difference else "same"
        sentence = self.words(
            f"changes.sentence.{direction}",
            before=self.numbers.value(split.value_before, self.unit),
            after=self.numbers.value(split.value_after, self.unit),
            difference=self.numbers.difference(split.difference, self.unit),
        )
        if not split.difference:
            return sentence
        # the largest part in the direction of the difference
        main = max(split.parts, key=lambda part: part.contribution / split.difference)
        mainly = self.words(
            "changes.sentence.mainly",
            part=self.write_part(main.part),
            contribution=self.numbers.difference(main.contribution, self.unit),
        )
        return f"{sentence} {mainly}"

    def write_scores(self) -> str:
        """What became of the score, and a warning when other organisations are counted."""
        change = self.change
        before, after = change.score_before, change.score.score
        key = "no_score" if None in (before, after) else "scores"
        if key == "scores" and before == after:
            key = "same_score"
        texts = [
            self.words(
                f"changes.sentence.{key}",
                before=self.numbers.number(before),
                after=self.numbers.number(after),
            )
        ]
        if change.organisations_before != change.organisations_after:
            texts.append(
                self.words(
                    "changes.sentence.other_organisations",
                    before=", ".join(sorted(change.organisations_before)) or DASH,
                    after=", ".join(sorted(change.organisations_after)) or DASH,
                )
            )
        return " ".join(texts)

    def write_part(self, part: Part) -> str:
        """The name of a part; between releases the same unit with other amounts is a correction."""
        name = self.words(f"changes.part.{part}")
        if self.change.release:
            return self.words.get(f"changes.part_in_release.{part}", name)
        return name

    def list_parts(self) -> list[str]:
        """One line per part, with what lifts and what lowers apart where both occur."""
        lines = []
        for part in self.change.split.parts:
            lines.append(self._write_line(part))
            if part.lifting.unit_count and part.lowering.unit_count:
                lines.append("  " + self._write_both(part))
        difference = self.numbers.difference(self.change.split.difference, self.unit)
        return [*lines, self.words("changes.total", difference=difference)]

    def _write_line(self, part: PartOfChange) -> str:
        values = {
            "part": self.write_part(part.part),
            "contribution": self.numbers.difference(part.contribution, self.unit),
        }
        if part.part in (Part.CHANGED_RULE, Part.REMOVED):
            return self.words("changes.rule_line", **values)
        count = self.words.count("changes.count", part.unit_count)
        return self.words("changes.line", **values, count=count)

    def _write_both(self, part: PartOfChange) -> str:
        return self.words(
            "changes.both",
            lifting=self.numbers.difference(part.lifting.contribution, self.unit),
            lifting_count=part.lifting.unit_count,
            lowering=self.numbers.difference(part.lowering.contribution, self.unit),
            lowering_count=part.lowering.unit_count,
        )


def describe_change(
    warehouse: Warehouse, catalogue: Catalogue, change: Change, language: str
) -> str:
    """The whole change; one text of many lines, without a line end at the end."""
    words = load_words(language)
    phrases = ChangePhrases(change, catalogue, words)
    place = write_place(words, change.score.key, read_place(warehouse, change.score.key))
    lines = [*wrap(phrases.write_heading(place)), *wrap(phrases.write_sentence())]
    if change.split.difference is None:
        return "\n".join(lines)
    lines += wrap(phrases.write_scores())
    lines += list_section(words("changes.section.parts"), phrases.list_parts())
    method = [words("changes.method")]
    if not change.is_rule_bridged:
        method.insert(0, words("changes.not_bridged"))
    lines += list_section(words("changes.section.method"), method)
    return "\n".join(lines)


def list_change(catalogue: Catalogue, change: Change, language: str) -> dict[str, object]:
    """The change as nested dicts; the sentence in ``language``."""
    split = change.split
    phrases = ChangePhrases(change, catalogue, load_words(language))
    return {
        "score_key": str(change.score.key),
        "score_key_before": str(change.before),
        "release_before": change.release,
        "is_rule_bridged": change.is_rule_bridged,
        "sentence": phrases.write_sentence(),
        "value_before": write_exact(split.value_before),
        "value_after": write_exact(split.value_after),
        "difference": write_exact(split.difference),
        "organisations_before": sorted(change.organisations_before),
        "organisations_after": sorted(change.organisations_after),
        "score_before": change.score_before,
        "score_after": change.score.score,
        "parts": [
            {
                "part": str(part.part),
                "name": phrases.write_part(part.part),
                "contribution": write_exact(part.contribution),
                "unit_count": part.unit_count,
                "lifting": write_exact(part.lifting.contribution),
                "lifting_count": part.lifting.unit_count,
                "lowering": write_exact(part.lowering.contribution),
                "lowering_count": part.lowering.unit_count,
            }
            for part in split.parts
        ],
    }
