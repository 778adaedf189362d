"""Writes tables as CSV, XLSX and Parquet, the same bytes every time."""

from sample_data.writers.csv_file import write_csv
from sample_data.writers.parquet_file import write_parquet
from sample_data.writers.workbook import write_sheets, write_workbook

__all__ = ["write_csv", "write_parquet", "write_sheets", "write_workbook"]
