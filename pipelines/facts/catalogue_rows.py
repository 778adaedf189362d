"""What the catalogue says, as rows: one function per catalogue table.

What does not belong here: reading or checking YAML (the catalogue room), and whose catalogue it is
(``catalogue_tables``).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.indicators import AnchorSet, AuditRhythm, Indicator, Requirement

INTERVAL_METHOD = {
    "within": "wilson",
    "current": "wilson",
    "recurring": "wilson",
    "share": "wilson",
    "coverage": "t",
    "rated": "t",
    "ratio": "none",
    "rate": "none",
}
# A limit is compared as a whole number of ten-thousandths: exact, and the same on every engine.
LIMIT_PARTS = 10_000
BAND_PARTS = 100  # a profile score is a long fraction: smaller parts would not fit 38 digits

Rows = Iterable[tuple]


def _in_limit_parts(limit: Decimal | None) -> int | None:
    return None if limit is None else int(limit * LIMIT_PARTS)


def _is_about_clients(indicator: Indicator) -> bool:
    rule = indicator.rule
    if indicator.shape == "rate" or rule.event == "team_review":
        return False
    return not (rule.answer or rule.measure or "").startswith(("worker.", "team_review."))


def _find_direction(indicator: Indicator) -> bool | None:
    """Whether a higher value is better; empty when nobody has said so (a caseload without norm)."""
    if indicator.is_lower_better:
        return False
    return True if indicator.anchors else None


def make_indicator_key(declared: Indicator | Requirement) -> str:
    """What units hang on: one version of one indicator, ``KI-1|v1``."""
    return f"{declared.id}|v{declared.version}"


def _list_versions(catalogue: Catalogue) -> Iterable[tuple[Indicator, AnchorSet | None, bool]]:
    """Every version to score with its anchors; True for the one the organisation works with."""
    for indicator in catalogue.indicators.values():
        yield indicator, catalogue.anchors.get(indicator.anchors or ""), True
    for kept in catalogue.kept_versions.values():
        yield kept.indicator, kept.anchors, False


def list_indicator_rows(catalogue: Catalogue) -> Rows:
    """One row per version of an indicator that is scored, and per requirement that counts units of
    its own (early contact)."""
    for indicator, anchors, is_leading in _list_versions(catalogue):
        rule, group = indicator.rule, indicator.profile_group
        yield (
            make_indicator_key(indicator),
            indicator.id,
            indicator.version,
            indicator.shape,
            INTERVAL_METHOD[indicator.shape],
            rule.event,
            rule.setting,
            rule.answer,
            rule.measure,
            rule.needs_numerator,
            rule.code_list,
            rule.population,
            rule.session,
            rule.subject,
            indicator.is_stock or indicator.shape == "current",
            indicator.deciding_kind,
            indicator.deciding_filter.get("subject", ""),
            indicator.anchors,
            anchors.version if anchors else None,
            indicator.minimum_units,
            group.group if group else None,
            group.minimum if group else None,
            str(indicator.provenance),
            _is_about_clients(indicator),
            True,
            is_leading,
            _find_direction(indicator),
        )
    for requirement in catalogue.requirements.values():
        if requirement.kind == "early_contact":
            yield (
                make_indicator_key(requirement),
                *(requirement.id, requirement.version, "early_contact", "wilson"),
                *(None, None, None, None, False, None, None, None, None, False),
                *("contact", "", None, None, requirement.minimum_units, None, None),
                *(str(requirement.provenance), True, False, True, True),
            )


def list_accepted_answer_rows(catalogue: Catalogue) -> Rows:
    """One row per indicator and answer that meets its condition."""
    for indicator, _, _ in _list_versions(catalogue):
        for answer in indicator.rule.accepted:
            yield make_indicator_key(indicator), answer


def list_anchor_step_rows(catalogue: Catalogue) -> Rows:
    """One row per range of an anchor set; limits in ten-thousandths."""
    kept = [one.anchors for one in catalogue.kept_versions.values() if one.anchors]
    sets = {(one.anchors, one.version): one for one in (*catalogue.anchors.values(), *kept)}
    for anchor_set in sets.values():
        for step in anchor_set.steps:
            yield (
                anchor_set.anchors,
                anchor_set.version,
                step.score,
                _in_limit_parts(step.lower),
                _in_limit_parts(step.upper),
                step.is_lower_inclusive,
                step.is_upper_inclusive,
            )


def list_band_rows(catalogue: Catalogue) -> Rows:
    """One row per band of a profile score: its range ``[lower, upper)`` in hundredths."""
    upper = None
    for step in catalogue.bands["profile"].steps:
        lower = None if step.lower is None else int(step.lower * BAND_PARTS)
        yield step.band, lower, upper
        upper = lower


def list_profile_part_rows(catalogue: Catalogue) -> Rows:
    """One row per part of the record profile and anchored indicator in it."""
    for indicator in catalogue.indicators.values():
        if indicator.is_anchored and indicator.subscale:
            yield "total", "total", indicator.id
            yield indicator.subscale, "subscale", indicator.id
            yield indicator.fit, "fit", indicator.id


def list_requirement_rows(catalogue: Catalogue) -> Rows:
    """One row per requirement; the audit requirements have no indicator."""
    for requirement in catalogue.requirements.values():
        own_units, rhythm = requirement.kind == "early_contact", requirement.audit_rhythm
        yield (
            requirement.id,
            make_indicator_key(requirement),
            requirement.kind,
            requirement.id if own_units else requirement.indicator,
            _in_limit_parts(requirement.norm),
            requirement.norm_setting,
            requirement.is_maximum,
            requirement.has_chance_guard,
            requirement.minimum_units,
            requirement.programme,
            requirement.limit_days,
            requirement.moment_count,
            *(dict(rhythm).values() if rhythm else (None,) * len(AuditRhythm.model_fields)),
        )


def list_code_rows(catalogue: Catalogue) -> Rows:
    """One row per code of every list, with what a closure reason means."""
    for code_list in catalogue.codes.values():
        for code, entry in code_list.codes.items():
            yield code_list.list, code, entry.meaning, entry.is_end


def list_programme_rows(catalogue: Catalogue) -> Rows:
    """One row per programme; only programmes of the method are scored."""
    for profile in catalogue.profiles.values():
        yield profile.programme, profile.is_method
