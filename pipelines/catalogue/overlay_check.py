"""Faults of an overlay against the shipped catalogue: versions, ids, origin, what stays fixed."""

import re
from collections.abc import Iterator

from pipelines.catalogue.faults import Fault
from pipelines.catalogue.loader import Catalogue
from pipelines.catalogue.models.base import Declaration, Provenance
from pipelines.catalogue.models.indicators import Indicator

# An id is part of score keys (`KI-1|org|team|...`), file names and addresses of pages.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
# What may change under the same version: words, and where they come from.
WORDS_ONLY = {"version", "name", "label", "rule_text", "description", "provenance", "source"}
WORDS_ONLY |= {"public", "to_supply"}
VERSIONED_ROOMS = ("anchors", "bands", "requirements", "sources", "audit_instruments")
LONGEST_DAYS = 3660  # ten years: a longer term is a typing error
Laid = dict[str, dict[str, Declaration]]
Given = dict[str, dict[str, set[str]]]


def describe_rule(catalogue: Catalogue, indicator: Indicator) -> tuple:
    """All that decides which value and score an indicator gives; equal means the same rule."""
    anchors = catalogue.anchors.get(indicator.anchors or "")
    codes = catalogue.codes.get(indicator.rule.code_list or "")
    return (
        indicator.shape,
        indicator.rule,
        indicator.is_stock,
        indicator.deciding_kind,
        indicator.deciding_filter,
        indicator.minimum_units,
        anchors.steps if anchors else indicator.anchors,
        tuple(codes.codes) if codes else None,
    )


def find_overlay_faults(
    shipped: Catalogue, merged: Catalogue, laid: Laid, given: Given
) -> Iterator[Fault]:
    """Every fault of what an overlay adds or replaces.

    Args:
        laid: the overlay's declarations by room and id, each laid over the shipped one.
        given: the keys that each file of the overlay has itself, by room and file name.
    """
    yield from _check_ids(merged, laid)
    yield from _check_provenance(laid)
    yield from _check_indicators(shipped, merged, laid, given)
    yield from _check_versions(shipped, laid, given)
    yield from _check_fixed_codes(shipped, laid)
    yield from _check_profiles(shipped, laid)


def _check_ids(merged: Catalogue, laid: Laid) -> Iterator[Fault]:
    """Units of indicators and of requirements lie in one table: their ids must not collide."""
    taken: dict[str, list[str]] = {}
    for room in ("indicators", "requirements"):
        for id in getattr(merged, room):
            taken.setdefault(id.casefold(), []).append(f"{room}/{id}.yaml")
    for room in ("indicators", "requirements"):
        for id in laid[room]:
            file = f"{room}/{id}.yaml"
            others = [other for other in taken[id.casefold()] if other != file]
            if others:
                yield Fault(file, "id", f"{others[0]} has the same id")
            if not ID.fullmatch(id):
                yield Fault(file, "id", "up to 32 letters, digits, dots, dashes and underscores")


def _check_provenance(laid: Laid) -> Iterator[Fault]:
    for room, declarations in laid.items():
        for id, declared in declarations.items():
            provenance = getattr(declared, "provenance", Provenance.ORGANISATION)
            if provenance != Provenance.ORGANISATION:
                message = "is 'organisation' for what an overlay says; leave it out"
                yield Fault(f"{room}/{id}.yaml", "provenance", message)


def _check_indicators(
    shipped: Catalogue, merged: Catalogue, laid: Laid, given: Given
) -> Iterator[Fault]:
    changed_by_anchors: dict[str, list[str]] = {}
    for id, indicator in merged.indicators.items():
        file, own = f"indicators/{id}.yaml", laid["indicators"].get(id)
        below = shipped.indicators.get(id)
        if below is None:
            if indicator.keep_shipped:
                yield Fault(file, "keep_shipped", "there is no shipped version of this indicator")
            continue
        is_changed = describe_rule(merged, indicator) != describe_rule(shipped, below)
        if own is None:
            # Codes of a shipped list cannot change, so it is the anchors.
            if is_changed and indicator.anchors in laid["anchors"]:
                changed_by_anchors.setdefault(indicator.anchors or "", []).append(id)
            continue
        yield from _check_version(
            file, indicator, below, is_changed, given["indicators"].get(id, set())
        )
        if indicator.keep_shipped and indicator.version <= below.version:
            message = "the shipped version can only be kept beside a higher one"
            yield Fault(file, "keep_shipped", message)
    for anchors, ids in changed_by_anchors.items():
        message = (
            f"changes the score of {', '.join(ids)}: give each of them a higher version in"
            " indicators/, or give these anchors a name of their own"
        )
        yield Fault(f"anchors/{anchors}.yaml", "steps", message)


def _check_version(
    file: str, own: Declaration, below: Declaration, is_changed: bool, keys: set[str]
) -> Iterator[Fault]:
    least = below.version + 1 if is_changed else below.version
    if own.version < least:
        reason = "the rule is another one than" if is_changed else "is lower than that of"
        message = f"is {own.version}; {reason} the shipped version {below.version}"
        yield Fault(file, "version", f"{message}: give {least} or more")
    if is_changed and hasattr(own, "provenance") and "source" not in keys:
        yield Fault(file, "source", "say where the changed rule comes from")


def _check_versions(shipped: Catalogue, laid: Laid, given: Given) -> Iterator[Fault]:
    for room in VERSIONED_ROOMS:
        for id, own in laid[room].items():
            below = getattr(shipped, room).get(id)
            if below is None:
                continue
            is_changed = _list_deciding(own) != _list_deciding(below)
            keys = given[room].get(id, set())
            yield from _check_version(f"{room}/{id}.yaml", own, below, is_changed, keys)


def _list_deciding(declared: Declaration) -> dict[str, object]:
    """The content without what is only words, down to the labels of steps and exports."""
    return _without_words(declared.model_dump(), WORDS_ONLY)


def _without_words(node: object, words: set[str]) -> object:
    if isinstance(node, dict):
        return {
            key: _without_words(value, {"label"}) for key, value in node.items() if key not in words
        }
    if isinstance(node, list | tuple):
        return [_without_words(value, {"label"}) for value in node]
    return node


def _check_fixed_codes(shipped: Catalogue, laid: Laid) -> Iterator[Fault]:
    """The codes of a shipped list are part of the contract; only their labels are free."""
    for name, own in laid["codes"].items():
        below = shipped.codes.get(name)
        if below is None:
            continue
        file = f"codes/{name}.yaml"
        for code in sorted(own.codes.keys() ^ below.codes.keys()):
            yield Fault(file, f"codes.{code}", "the codes of a shipped list stay as they are")
        for code in own.codes.keys() & below.codes.keys():
            one, other = own.codes[code], below.codes[code]
            if (one.meaning, one.is_end) != (other.meaning, other.is_end):
                message = "`meaning` and `is_end` of a shipped code stay as they are"
                yield Fault(file, f"codes.{code}", message)
            if one.synonyms != other.synonyms:
                message = "other spellings belong in a source mapping, under `codes`"
                yield Fault(file, f"codes.{code}.synonyms", message)


def _check_profiles(shipped: Catalogue, laid: Laid) -> Iterator[Fault]:
    for programme, own in laid["profiles"].items():
        file, below = f"profiles/{programme}.yaml", shipped.profiles.get(programme)
        if below is None:
            known = ", ".join(sorted(shipped.profiles))
            yield Fault(file, "programme", f"not one of the programmes {known}")
            continue
        if own.is_method != below.is_method:
            yield Fault(file, "is_method", "stays as it is in the shipped profile")
        for name in sorted(below.settings.keys() - own.settings.keys()):
            yield Fault(file, f"settings.{name}", "a shipped setting cannot be left out")
        for name, setting in own.settings.items():
            if not 1 <= setting.value <= LONGEST_DAYS:
                message = f"a whole number from 1 to {LONGEST_DAYS}"
                yield Fault(file, f"settings.{name}.value", message)
            if setting != below.settings.get(name) and (
                setting.provenance != Provenance.ORGANISATION
            ):
                message = "is 'organisation' for what an overlay says"
                yield Fault(file, f"settings.{name}.provenance", message)
