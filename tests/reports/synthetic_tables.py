"""Empty result tables as the rooms before protection leave them, and ways to fill them."""

from pipelines.catalogue import Catalogue
from pipelines.records.schema import create_staged_tables
from pipelines.warehouse import Warehouse
from tests.reports.synthetic_evidence import create_evidence_tables
from tests.reports.synthetic_outcome_tables import create_outcome_tables

RESULT_TABLES = """
create or replace table results.indicator_scores (
    level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, indicator_id VARCHAR,
    indicator_version INTEGER, numerator DOUBLE, denominator DOUBLE, value DOUBLE, score DOUBLE,
    ci_low DOUBLE, ci_high DOUBLE, units_counted BIGINT, units_excluded BIGINT,
    organisations_counted BIGINT, status VARCHAR, is_provisional BOOLEAN, provenance VARCHAR,
    score_key VARCHAR
);
create or replace table results.record_profile (
    level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, part VARCHAR,
    score DOUBLE, lowest DOUBLE, highest DOUBLE, band VARCHAR, indicators_scored BIGINT,
    indicators_applicable BIGINT, status VARCHAR
);
create or replace table results.requirement_results (
    organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, requirement_id VARCHAR,
    value DOUBLE, norm DOUBLE, status VARCHAR, reason VARCHAR
);
create or replace table results.delivery_report (
    organisation_id VARCHAR, file VARCHAR, delivery VARCHAR, record_kind VARCHAR, file_date DATE,
    rows_read BIGINT, staged BIGINT, superseded BIGINT, quarantined BIGINT, not_a_record BIGINT,
    vanished BIGINT, refused_reason VARCHAR, forgotten BIGINT, waiting_reason VARCHAR
);
create or replace table quality.delivery_report (
    organisation_id VARCHAR, file VARCHAR, delivery VARCHAR, record_kind VARCHAR, file_date DATE,
    rows_read BIGINT, staged BIGINT, superseded BIGINT, quarantined BIGINT, not_a_record BIGINT,
    vanished BIGINT, refused_reason VARCHAR, refused_code VARCHAR, refused_values VARCHAR,
    forgotten BIGINT, waiting_reason VARCHAR, waiting_jumps VARCHAR
);
create or replace table quality.file_detection (
    organisation_id VARCHAR, file VARCHAR, delivery VARCHAR, detected VARCHAR, value VARCHAR,
    column_name VARCHAR, row_count BIGINT
);
create or replace table results.quarantine (
    organisation_id VARCHAR, delivery VARCHAR, record_kind VARCHAR, row_number BIGINT,
    "column" VARCHAR, reason VARCHAR
);
create or replace table results.check_results (
    "check" VARCHAR, record_kind VARCHAR, organisation_id VARCHAR, status VARCHAR,
    observed DOUBLE, threshold DOUBLE, severity VARCHAR
);
create or replace table score.indicator_population (
    score_key VARCHAR, clients_count BIGINT, workers_count BIGINT
);
"""


def create_result_tables(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Empty staged and result tables, as the rooms before protection leave them."""
    create_staged_tables(warehouse, catalogue)
    warehouse.execute(RESULT_TABLES)
    create_evidence_tables(warehouse, catalogue)
    create_outcome_tables(warehouse)


def insert(warehouse: Warehouse, table: str, rows: list[tuple]) -> None:
    """Appends rows given in column order."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        warehouse.connection.executemany(f"insert into {table} values ({marks})", rows)


def insert_fast(warehouse: Warehouse, table: str, rows: list[tuple]) -> None:
    """As :func:`insert`, through a data frame."""
    import pandas as pd

    columns = [row[0] for row in warehouse.fetch_all(f"describe {table}")]
    frame = pd.DataFrame(rows, columns=columns).astype(object)
    warehouse.write_frame(table, frame.where(frame.notna(), None))
