"""The protected tables as data frames and plain rows; the only door from data to pages."""

from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.warehouse import escape_glob, open_warehouse


class ProtectedTables:
    """The Parquet files in one folder. Use it as a context manager."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._reader = open_warehouse(":memory:")

    def __enter__(self) -> "ProtectedTables":
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def read(self, table: str, organisation_id: str | None = None) -> pd.DataFrame:
        """The rows of one table, all or of one organisation, in the order of the file."""
        path = escape_glob(self.folder / f"{table}.parquet")
        if organisation_id is None:
            return _clean(
                self._reader.fetch_frame("select * from read_parquet($path)", {"path": path})
            )
        return _clean(
            self._reader.fetch_frame(
                "select * from read_parquet($path) where organisation_id = $organisation_id",
                {"path": path, "organisation_id": organisation_id},
            )
        )

    def read_all_level(self, table: str) -> pd.DataFrame:
        """The rows over all organisations together that may be shown."""
        return _clean(
            self._reader.fetch_frame(
                "select * from read_parquet($path) where level = 'all' and not is_suppressed",
                {"path": escape_glob(self.folder / f"{table}.parquet")},
            )
        )

    def digest(self, table: str) -> dict[str | None, str]:
        """organisation_id (None: of no single one) -> a hash of its rows, whatever their order."""
        rows = self._reader.fetch_all(
            """
            select
                organisation_id,
                md5(string_agg(line, chr(10) order by line))
            from (
                select organisation_id, whole::varchar as line
                from read_parquet($path) as whole
            )
            group by organisation_id
            """,
            {"path": escape_glob(self.folder / f"{table}.parquet")},
        )
        return dict(rows)


def _clean(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with plain Python values: None for empty, dates without time.

    Done once per table: pages cut a frame in hundreds of small pieces, and pandas pays per piece.
    """
    clean = frame.astype(object).where(frame.notna(), None)
    for name in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            days = [None if value is None else date(value.year, value.month, value.day)
                    for value in clean[name]]  # fmt: skip
            clean[name] = pd.Series(days, index=clean.index, dtype=object)
    return clean


def to_rows(frame: pd.DataFrame) -> list[dict]:
    """The frame as dictionaries."""
    # to_dict("records") boxes value by value, which for plain Python values is time for nothing
    names = list(frame.columns)
    return [dict(zip(names, values, strict=True)) for values in frame.to_numpy().tolist()]
