"""What became of the clients: who was measured, how they changed, goals, closures, fidelity beside.

Flow comes first: a change without its losses is not shown. Counting and adding up is SQL over exact
sums; the formulas are those of ``pipelines.statistics`` and a slow oracle in the tests holds both
together. What does not belong here: scoring the method, hiding small groups, words for readers.
"""

from pipelines.outcomes.fidelity import build_fidelity_outcome, build_points
from pipelines.outcomes.scale_names import build_not_discussed, build_scale
from pipelines.records.increments import by_organisation, on_news
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse


def _make(table: str, description: str, *reads: str) -> TableStep:
    def build(warehouse: Warehouse, run: Run) -> None:
        warehouse.run_file("outcomes", "macros")
        warehouse.run_file("outcomes", table.partition(".")[2])

    return TableStep(table=table, description=description, reads=reads, build=build)


def _sql(table: str, description: str, *reads: str) -> TableStep:
    return on_news(_make(table, description, *reads))


def _split_sql(
    table: str, description: str, *reads: str, shared: tuple[str, ...] = ()
) -> TableStep:
    """A table in which the rows of an organisation, or of all together, follow from such rows."""
    return by_organisation(_make(table, description, *reads), shared=shared)


STEPS: tuple[TableStep, ...] = (
    _make("outcome.view", "Ways of dividing units: kind of period, breakdown"),
    _make("outcome.level", "Levels at which each breakdown is told", "outcome.view"),
    _sql(
        "outcome.period",
        "Quarters and years, and whether they are provisional",
        "fact.team",
        "fact.team_period",
        "staged.organisation",
    ),
    TableStep(
        "outcome.scale",
        "Delivered names of instruments and scales, and what is known of them",
        ("staged.outcome_measurement",),
        build_scale,
    ),
    TableStep(
        "outcome.not_discussed",
        "Scores that mean: not talked about",
        (),
        build_not_discussed,
    ),
    _split_sql(
        "outcome.cohort",
        "Trajectories by the quarter they began in, with the window of each moment",
        "fact.trajectory",
        "fact.team_period",
        "staged.trajectory",
        "staged.programme_setting",
    ),
    _split_sql(
        "outcome.measurement",
        "Measurements, each used or not used with its reason",
        "staged.outcome_measurement",
        "outcome.cohort",
        "outcome.scale",
        "outcome.not_discussed",
    ),
    _split_sql(
        "outcome.flow_unit",
        "What became of each trajectory at T0, T1 and T2",
        "outcome.cohort",
        "outcome.measurement",
    ),
    _split_sql(
        "outcome.pair",
        "T0 and later score of those who were due, the lost included",
        "outcome.flow_unit",
        "outcome.measurement",
    ),
    _sql("outcome.t0_spread", "One spread at T0 per scale, of everybody", "outcome.measurement"),
    _sql(
        "outcome.norm",
        "Per scale the change that is more than noise, and where it comes from",
        "outcome.scale",
        "outcome.t0_spread",
    ),
    _split_sql(
        "outcome.flow_cell",
        "Those who came to each stage, and why others did not",
        "outcome.flow_unit",
        "outcome.view",
        "outcome.level",
    ),
    _sql("outcome.flow_cell_all", "The same of all organisations", "outcome.flow_cell"),
    _split_sql(
        "results.outcome_flow",
        "Started, due and measured, with what was lost and why",
        "outcome.flow_cell",
        "outcome.flow_cell_all",
        "outcome.period",
    ),
    _split_sql(
        "outcome.change_cell",
        "Counts and exact sums of change",
        "outcome.pair",
        "outcome.norm",
        "outcome.view",
        "outcome.level",
        shared=("outcome.norm",),
    ),
    _sql("outcome.change_cell_all", "The same of all organisations", "outcome.change_cell"),
    _sql(
        "results.outcome_change",
        "Change of the completers, beside the lost",
        "outcome.change_cell",
        "outcome.change_cell_all",
        "outcome.norm",
        "outcome.period",
        "catalogue.t_quantile",
    ),
    _split_sql(
        "outcome.goal_unit",
        "Closed goals with their actions",
        "staged.goal",
        "staged.action",
        "staged.action_plan",
        "staged.trajectory",
        "fact.trajectory",
        "fact.team_period",
    ),
    _split_sql(
        "outcome.goal_cell",
        "Counts and exact sums of closed goals",
        "outcome.goal_unit",
        "outcome.view",
        "outcome.level",
    ),
    _sql("outcome.goal_cell_all", "The same of all organisations", "outcome.goal_cell"),
    _split_sql(
        "results.goal_attainment",
        "Goals attained or not, natural resources, goal attainment scores",
        "outcome.goal_cell",
        "outcome.goal_cell_all",
        "outcome.period",
        "catalogue.t_quantile",
    ),
    _split_sql(
        "outcome.closure_unit",
        "Closures: planned or not, followed on, housing",
        "staged.closure",
        "staged.trajectory",
        "staged.programme_setting",
        "fact.trajectory",
        "fact.team_period",
        "catalogue.code",
    ),
    _split_sql(
        "outcome.closure_cell",
        "Closures that have all answers in common",
        "outcome.closure_unit",
        "outcome.view",
        "outcome.level",
    ),
    _sql("outcome.closure_cell_all", "The same of all organisations", "outcome.closure_cell"),
    _split_sql(
        "outcome.closure_returning",
        "Clients with more than one closure",
        "outcome.closure_unit",
        "outcome.view",
        "outcome.level",
    ),
    _sql(
        "outcome.closure_returning_all",
        "The same of all organisations",
        "outcome.closure_returning",
    ),
    _split_sql(
        "results.closures",
        "How support ended",
        "outcome.closure_cell",
        "outcome.closure_cell_all",
        "outcome.closure_returning",
        "outcome.closure_returning_all",
        "outcome.period",
    ),
    on_news(
        TableStep(
            "results.fidelity_outcome_point",
            "Teams with their fidelity and the improvement of their clients",
            ("results.outcome_change", "results.record_profile", "results.audit_interpolated"),
            build_points,
        )
    ),
    on_news(
        TableStep(
            "results.fidelity_outcome",
            "Fidelity and outcome going together or not, per declared hypothesis",
            ("results.fidelity_outcome_point",),
            build_fidelity_outcome,
        )
    ),
)
