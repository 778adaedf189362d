"""Faults between declarations: a name that nothing carries, a code outside its list."""

from collections.abc import Iterator

from pipelines.catalogue.faults import Fault
from pipelines.catalogue.loader import Catalogue
from pipelines.catalogue.models.indicators import Indicator
from pipelines.catalogue.models.rules import DECIDING_KINDS
from pipelines.catalogue.models.sources import ParentLookup


def find_cross_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Every reference from one declaration to another that leads nowhere."""
    yield from _check_records(catalogue)
    yield from _check_sources(catalogue)
    yield from _check_indicators(catalogue)
    yield from _check_requirements(catalogue)
    yield from _check_instruments(catalogue)
    yield from _check_hypotheses(catalogue)


def _check_records(catalogue: Catalogue) -> Iterator[Fault]:
    for kind in catalogue.records.values():
        file = f"records/{kind.kind}.yaml"
        for name, declared in kind.fields.items():
            if declared.codes and declared.codes not in catalogue.codes:
                yield Fault(file, f"fields.{name}.codes", f"no code list {declared.codes!r}")
            if declared.references:
                parent, _, column = declared.references.partition(".")
                if (
                    parent not in catalogue.records
                    or column not in catalogue.records[parent].fields
                ):
                    yield Fault(file, f"fields.{name}.references", f"no {declared.references!r}")


def _check_sources(catalogue: Catalogue) -> Iterator[Fault]:
    for source in catalogue.sources.values():
        file = f"sources/{source.source}.yaml"
        for export in source.exports:
            for record in export.records:
                where = f"exports.{export.id}.{record.kind}"
                kind = catalogue.records.get(record.kind)
                if kind is None:
                    yield Fault(file, where, f"no record kind {record.kind!r}")
                    continue
                if record.parent and not _is_traceable(record.parent, catalogue):
                    message = "no key of a person or record to find the parent by"
                    yield Fault(file, f"{where}.parent.match", message)
                for name, origin in record.fields.items():
                    if name not in kind.fields:
                        yield Fault(file, f"{where}.{name}", "no such field in the record kind")
                        continue
                    code_list = kind.fields[name].codes
                    if code_list and code_list in catalogue.codes:
                        known = catalogue.codes[code_list].codes
                        for text, code in origin.codes.items():
                            if code and code not in known:
                                message = f"{text!r} maps to {code!r}, not in {code_list!r}"
                                yield Fault(file, f"{where}.{name}.codes", message)


def _is_traceable(lookup: ParentLookup, catalogue: Catalogue) -> bool:
    """True when a row leads to its client; without that a client could not be forgotten whole."""
    parent = catalogue.records.get(lookup.kind)
    fields = parent.fields if parent else {}
    return not parent or any(
        name in fields and fields[name].pseudonym in ("client", "record") for name in lookup.match
    )


def _check_indicators(catalogue: Catalogue) -> Iterator[Fault]:
    settings = {name for profile in catalogue.profiles.values() for name in profile.settings}
    for indicator in catalogue.indicators.values():
        file = f"indicators/{indicator.id}.yaml"
        if indicator.anchors not in (None, "rating") and indicator.anchors not in catalogue.anchors:
            yield Fault(file, "anchors", f"no anchor set {indicator.anchors!r}")
        if indicator.deciding_kind not in catalogue.records:
            yield Fault(file, "deciding_kind", f"no record kind {indicator.deciding_kind!r}")
        if indicator.rule.setting and indicator.rule.setting not in settings:
            yield Fault(file, "rule.setting", f"no profile has {indicator.rule.setting!r}")
        if indicator.rule.code_list and indicator.rule.code_list not in catalogue.codes:
            yield Fault(file, "rule.code_list", f"no code list {indicator.rule.code_list!r}")
        if indicator.deciding_kind not in DECIDING_KINDS:
            yield Fault(
                file, "deciding_kind", f"no first date is kept of {indicator.deciding_kind!r}"
            )
        yield from _check_accepted(catalogue, indicator)
    yield from _check_rated(catalogue)


def _check_accepted(catalogue: Catalogue, indicator: Indicator) -> Iterator[Fault]:
    """An answer that never occurs would read as work that is never done."""
    if indicator.rule.answer is None:
        return
    kind, _, field = indicator.rule.answer.partition(".")
    record = catalogue.records.get(kind)
    declared = record.fields.get(field) if record else None
    # An answer that is not a field is worked out by the facts, as true or false.
    code_list = declared.codes if declared else None
    known = set(catalogue.codes[code_list].codes) if code_list in catalogue.codes else set()
    for answer in indicator.rule.accepted:
        if answer not in (known or {"true", "false"}):
            expected = ", ".join(sorted(known or {"true", "false"}))
            message = f"{answer!r} is no answer of {indicator.rule.answer}; known: {expected}"
            yield Fault(f"indicators/{indicator.id}.yaml", "rule.accepted", message)


def _check_rated(catalogue: Catalogue) -> Iterator[Fault]:
    """Sums of profile scores are exact for two means of ratings in a part, not for more."""
    rated = [one for one in catalogue.indicators.values() if one.shape == "rated" and one.subscale]
    for indicator in rated[2:]:
        message = "the profile can hold two indicators of shape rated; leave `subscale` empty"
        yield Fault(f"indicators/{indicator.id}.yaml", "subscale", message)


def _check_requirements(catalogue: Catalogue) -> Iterator[Fault]:
    for requirement in catalogue.requirements.values():
        file = f"requirements/{requirement.id}.yaml"
        if requirement.indicator and requirement.indicator not in catalogue.indicators:
            yield Fault(file, "indicator", f"no indicator {requirement.indicator!r}")
        setting = requirement.norm_setting
        if setting and any(setting not in one.settings for one in catalogue.profiles.values()):
            yield Fault(file, "norm_setting", f"not every profile has {setting!r}")
        if requirement.programme and requirement.programme not in catalogue.profiles:
            yield Fault(file, "programme", f"no programme {requirement.programme!r}")


def _check_hypotheses(catalogue: Catalogue) -> Iterator[Fault]:
    for hypothesis in catalogue.hypotheses.values():
        file, outcome = f"hypotheses/{hypothesis.id}.yaml", hypothesis.outcome
        audited = hypothesis.fidelity.instrument
        if audited is not None and audited not in catalogue.audit_instruments:
            yield Fault(file, "fidelity.instrument", f"no audit instrument {audited!r}")
        instrument = catalogue.instruments.get(outcome.instrument)
        if instrument is None:
            yield Fault(file, "outcome.instrument", f"no instrument {outcome.instrument!r}")
            continue
        if outcome.scale not in instrument.scales:
            yield Fault(file, "outcome.scale", f"{outcome.instrument!r} has no {outcome.scale!r}")
        if outcome.version not in instrument.versions:
            yield Fault(file, "outcome.version", f"no version {outcome.version!r}")


def _check_instruments(catalogue: Catalogue) -> Iterator[Fault]:
    for room in ("instruments", "audit_instruments"):
        seen: dict[str, str] = {}
        for instrument in getattr(catalogue, room).values():
            for word in (instrument.instrument, *instrument.synonyms):
                other = seen.setdefault(word.casefold(), instrument.instrument)
                if other != instrument.instrument:
                    file = f"{room}/{instrument.instrument}.yaml"
                    yield Fault(file, "synonyms", f"{word!r} also stands for {other!r}")
