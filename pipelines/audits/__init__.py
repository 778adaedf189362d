"""Audits: what assessors rated, as scores; how far they agree; what came of their recommendations.

An audit instrument is data: its items, parts, range and bands come from the catalogue, so one set
of statements scores every instrument. What does not belong here: the requirements on audits
(room ``scoring``), fidelity beside outcome (room ``outcomes``), words and pages.
"""

from pipelines.audits.agreement import AGREEMENT_STEPS
from pipelines.audits.catalogue_tables import CATALOGUE_STEPS
from pipelines.records.increments import on_change, on_news
from pipelines.warehouse import TableStep, sql_step


def _audit(name: str, description: str, *reads: str) -> TableStep:
    return on_news(sql_step(f"audit.{name}", "audits", name, description, reads))


def _result(name: str, description: str, *reads: str) -> TableStep:
    return on_news(sql_step(f"results.{name}", "audits", name, description, reads))


STEPS: tuple[TableStep, ...] = (
    *CATALOGUE_STEPS,
    _audit(
        "audit",
        "Audits with their instrument and the rounds before and after",
        "fact.audit",
        "catalogue.audit_name",
        "catalogue.audit_instrument",
    ),
    _audit(
        "assessor_rating",
        "What each assessor says of an item in all",
        "audit.audit",
        "staged.audit_rating",
    ),
    _audit(
        "item",
        "Items of every audit, scored, missing or not applicable",
        "audit.audit",
        "audit.assessor_rating",
        "staged.audit_rating",
        "catalogue.audit_item",
    ),
    _audit(
        "part",
        "Subscales and totals of every audit as exact fractions",
        "audit.audit",
        "audit.item",
        "catalogue.audit_part",
    ),
    _audit(
        "assessor_total",
        "The total of each assessor's own ratings",
        "audit.item",
        "audit.assessor_rating",
    ),
    _result(
        "audit_scores",
        "Scores of items, subscales and totals, with bounds and bands",
        "audit.audit",
        "audit.item",
        "audit.part",
        "catalogue.audit_band",
    ),
    _result(
        "audit_rating",
        "Ratings as the assessors gave them, by source of evidence",
        "audit.audit",
        "audit.item",
        "staged.audit_rating",
    ),
    *map(on_change, AGREEMENT_STEPS),
    _result(
        "audit_change",
        "Change of every score since the round before",
        "audit.audit",
        "results.audit_scores",
    ),
    _result(
        "audit_recommendation",
        "Recommendations, what came of them, and the item in the next round",
        "audit.audit",
        "results.audit_scores",
        "staged.audit_recommendation",
        "staged.organisation",
    ),
    _result(
        "audit_interpolated",
        "Fidelity on the last day of a period, between two audits",
        "audit.audit",
        "results.audit_scores",
        "fact.period",
    ),
    _result(
        "triangulation_indicator",
        "Indicators of records on the topics that assessors rated",
        "audit.audit",
        "audit.item",
        "fact.period",
        "score.result",
        "score.applicable",
        "catalogue.indicator",
        "catalogue.indicator_topic",
    ),
    _result(
        "triangulation",
        "Records and assessors side by side, topic by topic",
        "audit.audit",
        "audit.item",
        "fact.period",
        "results.triangulation_indicator",
        "catalogue.indicator_topic",
        "catalogue.profile_part",
    ),
)
