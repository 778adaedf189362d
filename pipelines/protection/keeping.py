"""Published rows that stay when their successor may not be shown: what was told stays told.

A rule per protected table says which rows are one figure and when its numbers are hidden. What does
not belong here: which counts are hidden (``registered``, ``suppression``).
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.warehouse import Warehouse, escape_glob


@dataclass(frozen=True)
class KeepRule:
    """How the rows of a table are recognised.

    Args:
        figure: the columns that name one figure; its rows stay or go together.
        hidden: the column that says that the numbers are not told.
    """

    figure: tuple[str, ...]
    hidden: str = "is_suppressed"

    def _match(self, one: str, other: str) -> str:
        return " and ".join(
            f"{one}.{column} is not distinct from {other}.{column}" for column in self.figure
        )

    def keep_earlier(self, warehouse: Warehouse, table: str, earlier: Path | None) -> None:
        """Puts the rows of before in the place of hidden ones; ``is_kept`` says which.

        Args:
            earlier: the rows that were published before; None: nothing was.
        """
        warehouse.execute(f"alter table {table} add column is_kept boolean default false")
        if earlier is None or not earlier.is_file():
            return
        warehouse.execute(
            f"create or replace temp table kept_row as select earlier.* from"
            f" read_parquet($path) as earlier semi join (select * from {table}"
            f" where {self.hidden}) as now on {self._match('now', 'earlier')}",
            {"path": escape_glob(earlier)},
        )
        warehouse.execute(
            f"delete from {table} as now where exists"
            f" (select 1 from kept_row where {self._match('now', 'kept_row')})"
        )
        # A column that is new since is empty in what was published before it.
        known = {name for name, *_ in warehouse.fetch_all(f"describe {table}")}
        names = ", ".join(
            f'"{name}"' for name, *_ in warehouse.fetch_all("describe kept_row") if name in known
        )
        warehouse.execute(
            f"insert into {table} by name select {names}, true as is_kept from kept_row"
        )
        warehouse.execute("drop table kept_row")

    def write_published(
        self, reader: Warehouse, now: Path, earlier: Path | None, target: Path
    ) -> None:
        """Keeps the rows that are told now, and of before those of figures that are gone."""
        path = str(target).replace("'", "''")
        gone = ""
        places = {"now": escape_glob(now)}
        if earlier is not None and earlier.is_file():
            gone = (
                " union all by name select earlier.* from read_parquet($earlier) as earlier"
                f" anti join read_parquet($now) as now on {self._match('now', 'earlier')}"
            )
            places["earlier"] = escape_glob(earlier)
        reader.execute(
            f"copy (select * from (select * exclude (is_kept) from read_parquet($now)"
            f" where not {self.hidden}{gone}) order by all)"
            f" to '{path}' (format parquet, compression zstd)",
            places,
        )


_PLACE = ("level", "organisation_id", "team_id", "period")
_GROUP = (*_PLACE, "breakdown", "category")

KEPT_TABLES: dict[str, KeepRule] = {
    "indicator_scores": KeepRule(("score_key",)),
    "indicator_exclusions": KeepRule(("score_key",)),
    "score_reason": KeepRule(("score_key",)),
    "record_profile": KeepRule((*_PLACE, "part")),
    "requirement_results": KeepRule(("organisation_id", "team_id", "period", "requirement_id")),
    "triangulation": KeepRule(
        ("organisation_id", "audit_id", "item_id", "period"), "is_record_suppressed"
    ),
    "outcome_flow": KeepRule((*_GROUP, "instrument", "informant", "stage")),
    "outcome_change": KeepRule(
        (*_GROUP, "instrument", "instrument_version", "scale", "informant", "moments")
    ),
    "goal_attainment": KeepRule((*_GROUP, "measure")),
    "closures": KeepRule((*_GROUP, "measure", "measure_category")),
}
