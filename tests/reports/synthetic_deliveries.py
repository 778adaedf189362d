"""What invented organisations delivered: files, quarantined rows, what was noticed, checks."""

from collections.abc import Iterable
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.warehouse import Warehouse
from tests.reports.synthetic_tables import insert


def add_deliveries(
    warehouse: Warehouse, catalogue: Catalogue, organisations: Iterable[str], file_date: date
) -> None:
    """A file of every record kind for every organisation, one refused and one that waits."""
    for organisation in organisations:
        report, quarantine, checks = [], [], []
        for number, kind in enumerate(catalogue.records):
            delivery = f"{organisation}{number:02d}".ljust(64, "0")
            bad = number % 4
            report.append((organisation, f"{kind} export.csv", delivery, kind, file_date,
                           1200 + number * 37, 1190 + number * 37 - bad, 6, bad, 4, 0,
                           None, None, None, number % 2, None, None))  # fmt: skip
            quarantine += [
                (organisation, delivery, kind, 10 + i, "start_date", "date_unreadable")
                for i in range(bad)
            ]
            checks.append(
                (f"required:{kind}_id", kind, organisation, "passed", 0.0, 0.0, "blocking")
            )
        report.append((organisation, "oud.xls", "f" * 64, None, None, None, None, None, None, None,
                       None, "No header row matches an export.", "header_incomplete",
                       '{"source": "regas", "export": "teams", "columns": ["Team", "Soort"]}',
                       None, None, None))  # fmt: skip
        report.append((organisation, "goal half.csv", "e" * 64, None, file_date, 410, None, None,
                       None, None, None, None, None, None, None, "The file has 410 rows.",
                       '[{"code": "rows_fell", "values": {"rows": 410, "rows_before": 1234}}]',
                       ))  # fmt: skip
        checks.append(("kind_behind", "evaluation", organisation, "failed", 48.0, 31.0, "warning"))
        insert(warehouse, "quality.delivery_report", report)
        insert(
            warehouse, "results.delivery_report", [(*row[:12], row[14], row[15]) for row in report]
        )
        insert(warehouse, "quality.file_detection", _list_detections(organisation))
        insert(warehouse, "results.quarantine", quarantine)
        insert(warehouse, "results.check_results", checks)


def _list_detections(organisation: str) -> list[tuple]:
    file = (organisation, "contact export.csv", "c" * 64)
    return [
        (*file, "format", "csv", None, None),
        (*file, "encoding", "cp1252", None, None),
        (*file, "separator", "semicolon", None, None),
        (*file, "header_row", "6", None, None),
        (*file, "file_date_origin", "name", None, None),
        (*file, "export", "contacten", None, None),
        (*file, "unknown_column", None, "Kamernummer", None),
        (*file, "double_encoding_repaired", None, "Met wie", 12),
        (*file, "ragged_rows", None, None, 3),
    ]
