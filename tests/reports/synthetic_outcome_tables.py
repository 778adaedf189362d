"""The outcome tables with every column that protection reads, empty, and rows put into them."""

from pipelines.monitoring.comparison import COLUMNS as COMPARISON_COLUMNS
from pipelines.outcomes.fidelity import ASSOCIATION_COLUMNS, EVIDENCE_COLUMNS, POINT_COLUMNS
from pipelines.warehouse import Warehouse

PLACE = "level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, breakdown VARCHAR, category VARCHAR"  # noqa: E501
SERIES = "indicator_version INTEGER, instrument VARCHAR, instrument_version VARCHAR, scale VARCHAR, informant VARCHAR, moments VARCHAR"  # noqa: E501


def _declare(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _declare_all(kind: str, names: str) -> str:
    return ", ".join(f"{name} {kind}" for name in names.split())


TABLES = {
    "results.outcome_flow": f"{PLACE}, instrument VARCHAR, informant VARCHAR, stage VARCHAR, "
    "numerator BIGINT, denominator BIGINT, share DOUBLE, "
    + _declare_all("BIGINT", "before_first_record_count not_yet_due_count ended_count missed_count "
                   "outside_window_count numerator_clients_count clients_count "
                   "organisations_counted")
    + ", is_provisional BOOLEAN, outcome_key VARCHAR",
    "results.outcome_change": f"{PLACE}, instrument VARCHAR, instrument_version VARCHAR, "
    "scale VARCHAR, informant VARCHAR, moments VARCHAR, is_higher_better BOOLEAN, "
    + _declare_all("BIGINT", "due_count completers_count lost_count") + ", "
    + _declare_all("DOUBLE", "mean_t0 sd_t0 mean_later mean_change sd_change ci_low ci_high")
    + ", mean_change_method VARCHAR, "
    + _declare_all("DOUBLE", "d_t0_sd srm lost_mean_t0 lost_sd_t0 completers_lost_difference "
                   "reliability")
    + ", reliability_kind VARCHAR, reliability_source VARCHAR, reliable_change_sd DOUBLE, "
    "reliable_change_sd_source VARCHAR, reliable_change_sd_count BIGINT, "
    "reliable_change_threshold DOUBLE, reliable_change_method VARCHAR, "
    + _declare_all("BIGINT", "improved_count unchanged_count deteriorated_count no_norm_count")
    + ", " + _declare_all("DOUBLE", "share_improved share_improved_ci_low share_improved_ci_high")
    + ", share_improved_method VARCHAR, "
    + _declare_all("DOUBLE", "share_improved_lowest share_improved_highest") + ", "
    + _declare_all("BIGINT", "clients_count due_clients_count organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.goal_attainment": f"{PLACE}, measure VARCHAR, "
    + _declare_all("DOUBLE", "numerator denominator value ci_low ci_high") + ", method VARCHAR, "
    + _declare_all("BIGINT", "not_recorded_count clients_count organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.closures": f"{PLACE}, measure VARCHAR, measure_category VARCHAR, "
    "numerator BIGINT, denominator BIGINT, value DOUBLE, ci_low DOUBLE, ci_high DOUBLE, "
    "method VARCHAR, "
    + _declare_all("BIGINT", "not_recorded_count not_yet_due_count clients_count "
                   "organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.fidelity_outcome_point": _declare(POINT_COLUMNS),
    "results.fidelity_outcome": _declare(
        EVIDENCE_COLUMNS | ASSOCIATION_COLUMNS | {"outcome_key": "VARCHAR"}
    ),
    "results.monitoring_point": "level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, "
    f"subject VARCHAR, measure VARCHAR, {SERIES}, period VARCHAR, place INTEGER, value DOUBLE, "
    "numerator BIGINT, denominator BIGINT, is_provisional BOOLEAN, chart_kind VARCHAR, "
    "chart_reason VARCHAR, points_count BIGINT, baseline_count BIGINT, is_baseline BOOLEAN, "
    + _declare_all("DOUBLE", "centre lower_limit upper_limit near_lower near_upper")
    + ", rules VARCHAR, reading VARCHAR, is_higher_better BOOLEAN, false_flag_share DOUBLE, "
    "clients_count BIGINT, source_key VARCHAR, series_key VARCHAR",
    "results.comparison": _declare(COMPARISON_COLUMNS),
    "monitoring.compared": f"subject VARCHAR, measure VARCHAR, {SERIES}, period VARCHAR, "
    "organisation_id VARCHAR, team_id VARCHAR, value_kind VARCHAR, value DOUBLE, "
    "numerator BIGINT, denominator BIGINT, ci_low DOUBLE, ci_high DOUBLE, sd DOUBLE, "
    "is_higher_better BOOLEAN, is_provisional BOOLEAN, clients_count BIGINT, source_key VARCHAR",
}  # fmt: skip


def create_outcome_tables(warehouse: Warehouse) -> None:
    """Empty tables as the rooms of outcomes and monitoring leave them."""
    warehouse.execute("create schema if not exists monitoring")
    for table, columns in TABLES.items():
        warehouse.execute(f"create or replace table {table} ({columns})")


def add_rows(warehouse: Warehouse, table: str, rows: list[dict]) -> None:
    """Appends rows by column name; what a row does not say is empty."""
    import pandas as pd

    if rows:
        columns = [row[0] for row in warehouse.fetch_all(f"describe {table}")]
        unknown = set().union(*rows) - set(columns)
        assert not unknown, unknown
        frame = pd.DataFrame(rows, columns=columns, dtype=object)
        warehouse.write_frame(table, frame.where(frame.notna(), None))
