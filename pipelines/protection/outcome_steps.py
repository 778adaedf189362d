"""The protected tables of outcomes: years only, of organisations and of teams with enough staff.

One table decides what is hidden (``outcome_cell``), the others follow it. What does not belong
here: counting outcomes (room ``outcomes``) and comparing teams (``comparison_steps``).
"""

from pipelines.protection.cell_systems import CellSystem, make_hiding_step
from pipelines.protection.limits import (
    DEFAULT_MINIMUM_CLIENTS,
    MINIMUM_ESTIMATE_ORGANISATIONS,
    MINIMUM_OTHER_TEAMS,
    MINIMUM_WORKERS,
)
from pipelines.protection.tables import make_step
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

OUTCOMES = CellSystem(
    "outcome",
    "clients behind outcomes of a year, by team and by category.",
    ("protected.outcome_primary", "protected.organisation"),
)
# T2 stands at most so long after the start: until then a year of starting still changes.
FOLLOW_UP_DAYS = 335


def _build_hypothesis_measure(warehouse: Warehouse, run: Run) -> None:
    warehouse.execute(
        "create or replace table protected.hypothesis_measure (hypothesis_id VARCHAR,"
        " fidelity_kind VARCHAR, fidelity_part VARCHAR, outcome_measure VARCHAR)"
    )
    rows = [
        (one.id, one.fidelity.kind, one.fidelity.part,
         "|".join((one.outcome.instrument, one.outcome.version, one.outcome.scale,
                   one.outcome.informant, one.outcome.moments)))
        for one in run.catalogue.hypotheses.values()
    ]  # fmt: skip
    if rows:
        insert = "insert into protected.hypothesis_measure values (?, ?, ?, ?)"
        warehouse.connection.executemany(insert, rows)


OUTCOME_STEPS: tuple[TableStep, ...] = (
    make_step(
        "outcome_place",
        "Organisations and teams with outcomes in a year, and how small a group may be.",
        (
            "results.outcome_flow",
            "results.outcome_change",
            "results.goal_attainment",
            "results.closures",
            "results.indicator_scores",
            "score.indicator_population",
            "protected.organisation",
        ),
        {"default_minimum": DEFAULT_MINIMUM_CLIENTS, "minimum_workers": MINIMUM_WORKERS},
    ),
    make_step(
        "outcome_flow_cell",
        "Which stages of the flow may be shown; a difference of two stages is a group too.",
        ("results.outcome_flow", "protected.outcome_place"),
    ),
    make_step(
        "outcome_primary",
        "Every group of clients in outcome tables: must it be hidden for its own sake?",
        (
            "results.outcome_change",
            "results.goal_attainment",
            "results.closures",
            "protected.outcome_flow_cell",
            "protected.outcome_place",
        ),
    ),
    make_step(
        "cell_outcome",
        f"To protect: {OUTCOMES.description}",
        OUTCOMES.reads,
        {"follow_up_days": FOLLOW_UP_DAYS},
    ),
    make_hiding_step(OUTCOMES),
    make_step(
        "outcome_cell",
        "Every group of clients that outcome tables tell about: may it be shown?",
        ("protected.outcome_primary", "protected.hidden_outcome"),
    ),
    make_step(
        "outcome_flow",
        "Started, due and measured, with what was lost and why.",
        ("results.outcome_flow", "protected.outcome_cell"),
    ),
    make_step(
        "outcome_change",
        "Change of the completers beside the lost.",
        ("results.outcome_change", "protected.outcome_cell"),
    ),
    make_step(
        "goal_attainment",
        "How goals ended.",
        ("results.goal_attainment", "protected.outcome_cell"),
    ),
    make_step("closures", "How support ended.", ("results.closures", "protected.outcome_cell")),
    TableStep(
        "protected.hypothesis_measure",
        "What each hypothesis holds beside what.",
        (),
        _build_hypothesis_measure,
    ),
    make_step(
        "fidelity_outcome_point",
        "Teams with their fidelity and the improvement of their clients.",
        (
            "results.fidelity_outcome_point",
            "protected.hypothesis_measure",
            "protected.outcome_place",
            "protected.outcome_cell",
            "protected.record_profile",
            "protected.audit_disclosure",
            "protected.organisation",
        ),
        {"default_minimum": DEFAULT_MINIMUM_CLIENTS},
    ),
    make_step(
        "fidelity_outcome",
        "Fidelity and outcome going together or not, as estimates over teams.",
        ("results.fidelity_outcome", "protected.fidelity_outcome_point"),
        {
            "minimum_organisations": MINIMUM_ESTIMATE_ORGANISATIONS,
            "minimum_other_teams": MINIMUM_OTHER_TEAMS,
        },
    ),
)
