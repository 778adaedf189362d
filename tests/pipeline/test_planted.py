"""Every planted fault of the sample data surfaces, and every planted effect is found."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

import sample_data

PLANTED = yaml.safe_load(
    (Path(sample_data.__file__).parent / "planted.yaml").read_text(encoding="utf-8")
)
SURFACES = [
    pytest.param(fault, surface, id=f"{fault['id']}-{number}-{surface['in']}")
    for fault in PLANTED["faults"]
    for number, surface in enumerate(fault["surfaces"], start=1)
]


def read_journal(home: Path) -> list[dict]:
    lines = (home / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def find_deliveries(sample_run, fault: dict, file: str | None = None) -> list[dict]:
    """The journal's accepted deliveries of one file of the organisation of ``fault``."""
    return [
        event
        for event in read_journal(sample_run.home)
        if event["event"] == "delivery"
        and event["organisation_id"] == fault["organisation_id"]
        and event["file"] == (file or fault["file"])
    ]


def find_delivery(sample_run, fault: dict, file: str | None = None) -> dict:
    deliveries = find_deliveries(sample_run, fault, file)
    assert len(deliveries) == 1, f"{file or fault['file']} was accepted {len(deliveries)} times"
    return deliveries[0]


def check_quarantine(sample_run, fault: dict, surface: dict) -> None:
    delivery = find_delivery(sample_run, fault, surface["file"])
    rows = sample_run.warehouse.fetch_all(
        """
        select distinct row_number, column_name
        from quality.quarantine
        where delivery = ? and record_kind = ? and reason = ?
        """,
        [delivery["delivery"], surface["record_kind"], surface["reason"]],
    )
    found = {row_number for row_number, column in rows if surface["column"] in (None, column)}
    if surface["reason"] == "parent_quarantined":
        # Other faults of the same file have fallen rows of their own.
        assert set(surface["row_numbers"]) <= found
    else:
        assert found >= set(surface["row_numbers"])
        assert found <= set(list_planted_rows(fault, surface))


def list_planted_rows(fault: dict, surface: dict) -> list[int]:
    """The rows of a file for which any planted fault expects the same reason in the same column."""
    return [
        row_number
        for other_fault in PLANTED["faults"]
        if other_fault["organisation_id"] == fault["organisation_id"]
        for other in other_fault["surfaces"]
        if other["in"] == "quarantine"
        and (other["file"], other["reason"]) == (surface["file"], surface["reason"])
        and surface["column"] in (None, other["column"])
        for row_number in other["row_numbers"]
    ]


def check_warning(sample_run, fault: dict, surface: dict) -> None:
    delivery = find_delivery(sample_run, fault, surface["file"])
    rows = sample_run.warehouse.fetch_all(
        "select row_number from quality.warning"
        " where delivery = ? and record_kind = ? and warning = ?",
        [delivery["delivery"], surface["record_kind"], surface["warning"]],
    )
    found = {row_number for (row_number,) in rows}
    assert found >= set(surface["row_numbers"] or ())
    assert found


def check_staged(sample_run, fault: dict, surface: dict) -> None:
    (count,) = sample_run.warehouse.fetch_one(
        f"select count(*) from staged.{surface['record_kind']}"
        f" where organisation_id = ? and ({surface['where']})",
        [fault["organisation_id"]],
    )
    assert surface["rows"] - surface["fallen"] <= count <= surface["rows"]


def check_report(sample_run, fault: dict, surface: dict) -> None:
    delivery = find_delivery(sample_run, fault, surface.get("file"))
    (value,) = sample_run.warehouse.fetch_one(
        f"select sum({surface['column']}) from quality.delivery_report"
        " where delivery = ? and record_kind = ?",
        [delivery["delivery"], surface["record_kind"]],
    )
    assert value == surface["value"]


def check_refused(sample_run, fault: dict, surface: dict) -> None:
    reasons = [
        event["reason"]
        for event in read_journal(sample_run.home)
        if event["event"] == "refused"
        and event["organisation_id"] == fault["organisation_id"]
        and event["file"] == fault["file"]
    ]
    assert len(reasons) == 1
    assert surface["words"].casefold() in reasons[0].casefold()
    reported = sample_run.warehouse.fetch_all(
        "select refused_reason from quality.delivery_report where organisation_id = ? and file = ?",
        [fault["organisation_id"], fault["file"]],
    )
    assert reported == [(reasons[0],)]
    assert find_deliveries(sample_run, fault) == []


def check_journal(sample_run, fault: dict, surface: dict) -> None:
    value = find_delivery(sample_run, fault)[surface["key"]]
    if isinstance(value, list):
        assert surface["value"] in value
    else:
        assert value == surface["value"]


def check_one_delivery(sample_run, fault: dict, surface: dict) -> None:
    both = find_deliveries(sample_run, fault) + find_deliveries(sample_run, fault, surface["file"])
    assert len(both) == 1


def check_unmapped_code(sample_run, fault: dict, surface: dict) -> None:
    rows = sample_run.warehouse.fetch_all(
        "select sum(row_count) from quality.unmapped_code"
        " where organisation_id = ? and record_kind = ? and code_text = ?",
        [fault["organisation_id"], surface["record_kind"], surface["code_text"]],
    )
    assert rows == [(surface["row_count"],)]


def check_data_check(sample_run, fault: dict, surface: dict) -> None:
    rows = sample_run.warehouse.fetch_all(
        "select status from results.check_results"
        ' where organisation_id = ? and "check" = ? and record_kind = ?',
        [fault["organisation_id"], surface["check"], surface["record_kind"]],
    )
    assert rows == [(surface["status"],)]


def check_nowhere(sample_run, fault: dict, surface: dict) -> None:
    leaks = find_leaks(sample_run.home, sample_run.warehouse)
    assert [(place, text) for place, text in leaks if text in surface["texts"]] == []


@cache
def find_leaks(home: Path, warehouse) -> list[tuple[str, str]]:
    """Where any of the planted texts stands in what the run wrote: (place, text).

    Tables and Parquet files are packed, so that they are searched cell by cell.
    """
    texts = sorted({text for fault in PLANTED["faults"] for text in list_forbidden(fault)})
    pattern = "|".join(re.escape(text) for text in texts)
    tables = warehouse.fetch_all("select table_schema, table_name from information_schema.tables")
    places = [f'"{schema}"."{table}"' for schema, table in tables]
    places += [f"read_parquet('{path}')" for path in sorted(home.rglob("*.parquet"))]
    found = []
    for place in places:
        columns = [name for name, *_ in warehouse.fetch_all(f"describe select * from {place}")]
        cells = ", ".join(
            f"""max(regexp_extract(cast("{name}" as varchar), ?))""" for name in columns
        )
        hits = warehouse.fetch_one(f"select {cells} from {place}", [pattern] * len(columns))
        found += [(place, text) for text in hits if text]
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".parquet":
            content = path.read_bytes()
            found += [(str(path), text) for text in texts if text.encode() in content]
    return found


def list_forbidden(fault: dict) -> list[str]:
    """The texts of a fault that must be in nothing the run wrote."""
    surfaces = [surface for surface in fault["surfaces"] if surface["in"] == "nowhere"]
    return [text for surface in surfaces for text in surface["texts"]]


CHECKS = {
    "quarantine": check_quarantine,
    "warning": check_warning,
    "staged": check_staged,
    "delivery_report": check_report,
    "refused": check_refused,
    "journal": check_journal,
    "one_delivery": check_one_delivery,
    "unmapped_code": check_unmapped_code,
    "check": check_data_check,
    "nowhere": check_nowhere,
}


@pytest.mark.parametrize(("fault", "surface"), SURFACES)
def test_every_planted_fault_surfaces(sample_run, fault, surface):
    CHECKS[surface["in"]](sample_run, fault, surface)


def test_nothing_is_quarantined_but_what_was_planted(sample_run):
    planted = {
        (fault["organisation_id"], surface["file"], surface["record_kind"], row)
        for fault in PLANTED["faults"]
        for surface in fault["surfaces"]
        if surface["in"] == "quarantine"
        for row in surface["row_numbers"]
    }
    files = {
        event["delivery"]: event["file"]
        for event in read_journal(sample_run.home)
        if event["event"] == "delivery"
    }
    found = {
        (organisation_id, files[delivery], kind, row_number)
        for organisation_id, delivery, kind, row_number in sample_run.warehouse.fetch_all(
            "select organisation_id, delivery, record_kind, row_number from quality.quarantine"
        )
    }
    assert found == planted


def test_rows_of_every_file_add_up(sample_run):
    wrong = sample_run.warehouse.fetch_all(
        """
        select file, record_kind
        from quality.delivery_report
        where refused_reason is null
            and rows_read <> staged + superseded + quarantined + not_a_record
        """
    )
    assert wrong == []
