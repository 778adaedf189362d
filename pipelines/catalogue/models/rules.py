"""The shapes of indicators, their parameters, and the names of facts they can ask for.

A new indicator of a known shape is data: it picks from the names below. A new name is a change in
the facts room as well.
"""

from typing import Literal

from pipelines.catalogue.models.base import Declaration

Shape = Literal["within", "current", "recurring", "share", "ratio", "coverage", "rate", "rated"]

# What the facts room makes: an indicator of a known shape can only ask for what is listed here.
Event = Literal[
    "strengths_assessment",
    "action_plan",
    "self_regulation_review",
    "evaluation",
    "ecogram",
    "contact",
    "team_review_case",
    "team_review",  # hangs on the team, not on a trajectory
]
Answer = Literal[
    "team_review_case.strengths_assessment_present",
    "strengths_assessment.own_words",
    "strengths_assessment.client_agreed",
    "goal.life_domain",
    "goal.term",
    "goal.recovery_form",
    "goal.from_strengths",
    "goal.own_words",
    "action.owner",
    "action.resource",
    "action.result",
    "action.has_owner_and_due_date",
    "evaluation.client_present",
    "evaluation.network_present",
    "evaluation.report",
    "closure.without_contact",
    # the next five: of planned closures with contact only
    "closure.exit_interview",
    "closure.safety_plan",
    "closure.final_evaluation",
    "closure.network_meeting",
    "closure.final_report",
    # stocks: of support workers active at the end of the period
    "worker.has_other_duties",
    "worker.has_basic_training",
]
Measure = Literal[
    "worker.method_hours",
    "team.caseload",
    "team_review.attendance",
    "team_review.steps",
    "contact.own_environment",
]
# Record kinds of which the first date is known: before it, silence is no neglect.
DECIDING_KINDS = frozenset(
    {
        "worker",
        "training",
        "trajectory",
        "contact",
        "strengths_assessment",
        "strengths_assessment_domain",
        "self_regulation_review",
        "ecogram",
        "action_plan",
        "goal",
        "action",
        "evaluation",
        "closure",
        "team_review",
        "team_review_case",
        "team_review_step",
        "quality_rating",
        "supervision",
    }
)
Population = Literal["open_assessed_trajectory", "ended_trajectory", "planned_closure"]
WorkerGroup = Literal["support_worker", "settled_support_worker"]


class Rule(Declaration):
    """The parameters of an indicator's shape; which ones apply depends on the shape."""

    event: Event | None = None  # within, current, recurring: event type in the event facts
    setting: str | None = None  # within, current, recurring: profile setting with the days N
    answer: Answer | None = None  # share: record_kind.field in the answer facts
    accepted: tuple[str, ...] = ()  # share: answers that meet the condition
    measure: Measure | None = None  # ratio: measure in the tally facts
    needs_numerator: bool = False  # ratio: nothing in the numerator means no data
    code_list: str | None = None  # coverage: list whose codes are to be touched
    population: Population | None = None  # coverage: which units
    session: str | None = None  # rate: kind of supervision session
    subject: str | None = None  # rated: kind of rated document

    def list_given(self) -> set[str]:
        """The names of the parameters that are filled in."""
        return {name for name in type(self).model_fields if getattr(self, name)}


# Shape -> the parameters it must have; "needs_numerator" is the only one that may be left out.
SHAPE_PARAMETERS: dict[str, set[str]] = {
    "within": {"event", "setting"},
    "current": {"event", "setting"},
    "recurring": {"event", "setting"},
    "share": {"answer", "accepted"},
    "ratio": {"measure"},
    "coverage": {"code_list", "population"},
    "rate": {"session"},
    "rated": {"subject"},
}
