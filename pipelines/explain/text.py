"""An explanation as text for a terminal, in Dutch or English."""

import textwrap
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import RecordField
from pipelines.catalogue.wording import load_words
from pipelines.explain.explanation import Explanation, ListedUnit, describe_unit_fate
from pipelines.explain.phrases import Phrases
from pipelines.explain.rows import SourceRow

WIDTH = 96
ROWS_NAMED = 12  # of one unit; JSON has them all


def wrap(text: str, indent: str = "", hang: str = "") -> list[str]:
    """Lines of at most ``WIDTH`` characters; the first with ``indent``, the rest with more."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def list_section(title: str, lines: Iterable[str]) -> list[str]:
    """A heading with lines under it."""
    return ["", title.upper(), *(part for line in lines for part in wrap(line, "  ", "  "))]


def list_pairs(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """``label  text`` with the texts under each other, wrapped."""
    pairs = list(pairs)
    width = max(len(label) for label, _ in pairs)
    lines = []
    for label, text in pairs:
        first, *rest = textwrap.wrap(text, WIDTH - width - 4, break_on_hyphens=False) or [""]
        lines.append(f"  {label:<{width}}  {first}".rstrip())
        lines.extend(" " * (width + 4) + line for line in rest)
    return lines


def describe_explanation(explanation: Explanation, catalogue: Catalogue, language: str) -> str:
    """The whole explanation; one text of many lines, without a line end at the end."""
    phrases = Phrases(explanation, load_words(language))
    words = phrases.words

    def title(key: str) -> list[str]:
        return ["", words(f"explain.section.{key}").upper()]

    lines = [*wrap(phrases.write_heading()), *wrap(phrases.write_sentence())]
    lines += title("rule") + list_pairs(_list_rule(phrases, catalogue))
    lines += title("number") + list_pairs(_list_number(phrases))
    lines += title("units") + list_pairs(_list_units(phrases))
    lines += list_section(words("explain.section.missing"), phrases.list_missing())
    lines += list_section(words("explain.section.next"), phrases.list_next())
    if explanation.score.key.level != "all":
        names = {
            name: item.name.in_language(language) for name, item in catalogue.indicators.items()
        }
        lines += list_section(words("explain.section.lift"), phrases.list_lifts(names))
    lines += title("rows") + _list_rows(phrases, catalogue)
    return "\n".join(lines)


def _list_rule(phrases: Phrases, catalogue: Catalogue) -> list[tuple[str, str]]:
    explanation, words, indicator = phrases.explanation, phrases.words, phrases.indicator
    rule = [indicator.rule_text.in_language(words.language)]
    for setting in explanation.settings:
        declared = catalogue.profiles[setting.programmes[0]].settings[setting.setting]
        labels = (catalogue.profiles[name].label for name in setting.programmes)
        rule.append(
            words(
                "explain.setting",
                label=declared.label.in_language(words.language),
                value=setting.value,
                programmes=", ".join(label.in_language(words.language) for label in labels),
            )
        )
    anchors = "; ".join(phrases.write_anchors())
    if explanation.anchors_provenance:
        provenance = words(f"provenance.{explanation.anchors_provenance}")
        anchors = f"{anchors} ({provenance}: {explanation.anchors_source})"
    pairs = (
        ("rule", " ".join(rule)),
        ("version", str(indicator.version)),
        ("provenance", words(f"provenance.{indicator.provenance}")),
        ("source", indicator.source),
        ("anchors", anchors),
        ("minimum", phrases.write_minimum()),
        *(("norm", phrases.write_norm(norm)) for norm in explanation.norms),
    )
    return [(words(f"explain.label.{key}"), text) for key, text in pairs]


def _list_number(phrases: Phrases) -> list[tuple[str, str]]:
    score, words, numbers = phrases.score, phrases.words, phrases.numbers
    unit = phrases.indicator.printed_unit
    pairs = [
        ("value", numbers.value(score.value, unit)),
        ("numerator", numbers.number(score.numerator, 4)),
        ("denominator", numbers.number(score.denominator, 4)),
        ("score", numbers.number(score.score)),
    ]
    if score.ci_low is not None:
        pairs.append(("interval", numbers.interval(score.ci_low, score.ci_high, unit)))
    status = [words(f"status.{score.status}")]
    if score.is_provisional:
        status.append(words("status.provisional"))
    pairs.append(("status", ", ".join(status)))
    if score.key.level == "all":
        pairs.append(("organisations", str(score.organisations_counted)))
    return [(words(f"explain.label.{key}"), text) for key, text in pairs]


def _list_units(phrases: Phrases) -> list[tuple[str, str]]:
    counts, words = phrases.explanation.counts, phrases.words
    counted = phrases.numbers.number(counts.counted, 0)
    if phrases.score.counted_weight != counts.counted:  # contact moments; workers of a caseload
        weight = phrases.numbers.number(phrases.score.counted_weight, 0)
        counted = f"{counted} ({weight} {phrases.units})"
    pairs = [(words("explain.label.counted"), counted)]
    if counts.met is not None:
        met, not_met = ("has", "has_not") if phrases.has_feature else ("met", "not_met")
        pairs.append((words(f"explain.label.{met}"), phrases.numbers.number(counts.met, 0)))
        pairs.append((words(f"explain.label.{not_met}"), phrases.numbers.number(counts.not_met, 0)))
    for reason, number in counts.excluded.items():
        label = words("explain.label.excluded", reason=words(f"exclusion.{reason}"))
        pairs.append((label, phrases.numbers.number(number, 0)))
    return pairs


def _list_rows(phrases: Phrases, catalogue: Catalogue) -> list[str]:
    explanation, words = phrases.explanation, phrases.words
    lines = []
    for number, listed in enumerate(explanation.units, start=1):
        lines += wrap(_write_unit(phrases, number, listed), "  ", "   ")
        if not listed.rows:
            lines += wrap(words("explain.rows.none"), "     ")
        for row in listed.rows[:ROWS_NAMED]:
            lines += wrap(_write_row(phrases, catalogue, row), "     ", "  ")
        more = len(listed.rows) - ROWS_NAMED
        if more > 0:
            lines += wrap(words.count("explain.rows.more", more), "     ")
    if not explanation.units:
        key = "hidden" if explanation.units_not_listed else "no_units"
        return wrap(words(f"explain.rows.{key}"), "  ")
    if explanation.units_not_listed:
        rest = words.count("explain.rows.rest", explanation.units_not_listed)
        lines += ["", *wrap(rest, "  ")]
    return lines


def _write_unit(phrases: Phrases, number: int, listed: ListedUnit) -> str:
    unit, words = listed.unit, phrases.words
    fate = describe_unit_fate(unit, phrases.score.shape)
    if phrases.has_feature and fate in ("met", "not_met"):
        fate = {"met": "has", "not_met": "has_not"}[fate]
    return words(
        "explain.rows.unit",
        number=number,
        kind=words(f"explain.kind.{unit.unit_kind}"),
        id=_write_id(unit.unit_id, unit.unit_kind, unit.team_id),
        fate=words(
            f"explain.fate.{fate}",
            numerator=phrases.numbers.number(unit.numerator),
            denominator=phrases.numbers.number(unit.denominator),
            reason=words.get(f"exclusion.{unit.exclusion_reason}", ""),
        ),
    )


def _write_id(unit_id: str, unit_kind: str, team_id: str) -> str:
    """The id without the team in front of it, where the team is part of the id."""
    return unit_id.removeprefix(f"{team_id}|") if unit_kind in ("block", "worker") else unit_id


def _write_row(phrases: Phrases, catalogue: Catalogue, row: SourceRow) -> str:
    words, kind = phrases.words, catalogue.records[row.record_kind]
    place = words(
        "explain.rows.row",
        file=row.file,
        row=row.row_number,
        kind=kind.label.in_language(words.language),
    )
    labels = {name: kind.fields[name].label.in_language(words.language) for name in row.cells}
    filled = [
        f"{labels[name]}: {_write_cell(phrases, catalogue, kind.fields[name], cell)}"
        for name, cell in row.cells.items()
        if cell is not None
    ]
    empty = [labels[name] for name, cell in row.cells.items() if cell is None]
    if empty:
        filled.append(words("explain.rows.empty", names=", ".join(empty)))
    return f"{place} – {'; '.join(filled)}"


def _write_cell(phrases: Phrases, catalogue: Catalogue, field: RecordField, cell: object) -> str:
    if isinstance(cell, bool):
        return phrases.words("explain.value.is_yes" if cell else "explain.value.is_no")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return phrases.numbers.number(Fraction(cell))
    code = catalogue.codes[field.codes].codes.get(str(cell)) if field.codes else None
    return code.label.in_language(phrases.words.language) if code else str(cell)
