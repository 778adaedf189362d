"""The protected tables of audits: of teams with enough support workers, and of nobody by name.

What does not belong here: scores and agreement themselves (room ``audits``).
"""

from pipelines.protection.limits import MINIMUM_WORKERS
from pipelines.protection.tables import make_step
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

OWNER_ROLES = "worker_role"


def _build_role_name(warehouse: Warehouse, run: Run) -> None:
    warehouse.execute(
        "create or replace table protected.role_name (role_name VARCHAR, role_code VARCHAR)"
    )
    codes = run.catalogue.codes[OWNER_ROLES].codes
    rows = [
        (name, code)
        for code, declared in codes.items()
        for name in sorted({word.casefold() for word in (code, *declared.synonyms)})
    ]
    warehouse.connection.executemany("insert into protected.role_name values (?, ?)", rows)


def _step(name: str, description: str, *reads: str) -> TableStep:
    return make_step(name, description, ("protected.audit_disclosure", *reads))


AUDIT_STEPS: tuple[TableStep, ...] = (
    TableStep(
        "protected.role_name",
        "How exports call the roles that may stand on a page.",
        (),
        _build_role_name,
    ),
    make_step(
        "audit_disclosure",
        "Per audit: may its numbers be shown?",
        ("audit.audit", "fact.worker_row"),
        {"minimum_workers": MINIMUM_WORKERS},
    ),
    _step("audit", "Audits that were held; those of small teams without numbers.", "audit.audit"),
    _step(
        "audit_scores",
        "Audit scores with the change since the round before; none of small teams.",
        "results.audit_scores",
        "results.audit_change",
    ),
    _step(
        "audit_rating",
        "Ratings by source of evidence; an assessor is a number within one audit.",
        "results.audit_rating",
    ),
    _step(
        "audit_recommendation",
        "Recommendations and what came of them; owners as known roles only.",
        "results.audit_recommendation",
        "protected.role_name",
    ),
    make_step(
        "rater_agreement",
        "How far the assessors of an organisation agree.",
        ("results.rater_agreement_organisation",),
    ),
    _step(
        "triangulation",
        "Records beside assessors per topic; both sides protected.",
        "results.triangulation",
        "results.triangulation_indicator",
        "protected.score_disclosure",
    ),
)
