"""Requirements of one entity in words: norm, value, status and the reason for it."""

from dataclasses import dataclass

from pipelines.catalogue.models.indicators import Requirement
from pipelines.protection.told_rows import name_told_row
from reports.organisation import Entity
from reports.pages.page import PageContext

STATUSES = ("met", "uncertain", "not_met", "not_assessable", "not_applicable", "suppressed")
# Told apart without colour.
MARKS = {
    "met": "●",
    "uncertain": "◐",
    "not_met": "○",
    "not_assessable": "?",
    "not_applicable": "–",
    "suppressed": "×",
}


@dataclass(frozen=True)
class RequirementLine:
    """One requirement of one entity in one period."""

    requirement: Requirement
    name: str
    norm: str
    value: str
    status: str
    status_words: str
    reason: str
    mark: str
    cell: str  # which row it tells

    @property
    def cell_start(self) -> str:
        """What the rows of one entity have in common."""
        return self.cell.removesuffix(self.requirement.id)


def show_norm(context: PageContext, requirement: Requirement, norm: float | None) -> str:
    """The norm with its direction, e.g. ``at least 90%``."""
    if norm is None and requirement.norm is not None:
        norm = float(requirement.norm)
    if norm is None:
        return context.words("method.norm_in_rule")
    key = "requirement.at_most" if requirement.is_maximum else "requirement.at_least"
    is_whole = (norm * 100) % 1 < 1e-9
    return context.words(key, norm=_show_number(context, requirement, norm, 0 if is_whole else 1))


def _show_number(
    context: PageContext, requirement: Requirement, value: float | None, digits: int = 1
) -> str:
    formats = context.formats
    if value is None:
        return ""
    if requirement.audit_rhythm is not None:
        return formats.words("requirement.days", number=formats.number(value, 0))
    if requirement.kind == "audit":
        return formats.number(value, 0)
    if requirement.indicator is None:
        return formats.percent(value, digits)
    unit = context.catalogue.indicators[requirement.indicator].printed_unit
    if unit == "per_fte":
        return formats.words(
            "unit.per_fte", value=formats.number(value, 0 if value % 1 == 0 else 1)
        )
    return formats.value(value, unit, digits)


def list_requirement_lines(
    context: PageContext, entity: Entity, period: str | None
) -> list[RequirementLine]:
    """Every requirement with a row in the period, in catalogue order."""
    words = context.words
    lines = []
    for requirement in context.catalogue.requirements.values():
        row = entity.requirement(period, requirement.id)
        if row is None:
            continue
        status = row["status"]
        reason = row["reason"] or ""
        told = words.get(f"requirement_reason.{reason}", reason.replace("_", " "))
        lines.append(
            RequirementLine(
                requirement=requirement,
                name=requirement.name.in_language(context.language),
                norm=show_norm(context, requirement, row["norm"]),
                value=_show_number(context, requirement, row["value"]),
                status=status,
                status_words=words(f"requirement_status.{status}"),
                reason=f"{told}. {words('kept.state')}" if row["is_kept"] else told,
                mark=MARKS[status],
                cell=name_told_row("requirement_results", row),
            )
        )
    return lines
