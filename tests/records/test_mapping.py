"""What a source mapping can say about an export, and what becomes of a row by it."""

from pathlib import Path

import pytest

from pipelines.catalogue.models.sources import Source
from tests.records.example_source import SOURCE, TEAM_FIELDS, WORDS
from tests.records.world import TEAM, TRAJECTORY, WORKER, World

TRAJECT = {"Nummer": "J1", "Dossier": "C1", "Locatie": "De Brug", "Start": "1-1-2024"}
CONTACT = {"Dossier": "C1", "Start": "2024-01-01", "Datum": "1-2-2024", "Vorm": "Bellen"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path, sources=(SOURCE,))
    made.deliver("teams", {"Locatie": "De Brug", "Open": "1-1-2020"}, source="dossier")
    return made


def deliver(world: World, export: str, *rows: dict[str, str], **settings: object) -> None:
    world.deliver(export, *rows, source="dossier", **settings)


def test_name_maps_to_an_id_and_constant_fills_a_field(world: World) -> None:
    world.stage()
    assert world.read("select team_id, name, setting from staged.team") == [
        ("brug", "De Brug", "outreach")
    ]


def test_unmapped_name_is_used_and_counted(world: World) -> None:
    deliver(world, "teams", {"Locatie": "Het Veer", "Open": "1-1-2020"}, file="b")
    world.stage()
    assert world.read("select team_id from staged.team order by 1") == [("Het Veer",), ("brug",)]
    assert world.read_warnings("team") == [(2, "Locatie", "unmapped_name")]
    assert world.read("select column_name, code_text, row_count from quality.unmapped_code") == [
        ("Locatie", "Het Veer", 1)
    ]


def test_unmapped_name_of_a_quarantined_row_is_counted_but_no_warning(world: World) -> None:
    deliver(world, "trajecten", TRAJECT | {"Locatie": "Het Veer"})
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "Locatie", "unknown_reference")]
    assert world.read_warnings("trajectory") == []
    assert world.read("select code_text, row_count from quality.unmapped_code") == [("Het Veer", 1)]


def test_finding_names_the_column_as_delivered(world: World) -> None:
    deliver(world, "trajecten", TRAJECT | {"Start": "gisteren"})
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "Start", "not_a_date")]


def test_name_that_holds_the_separator_is_one_value_and_two_names_are_several(
    world: World,
) -> None:
    deliver(world, "teams", {"Locatie": "De Brug, nacht", "Open": "1-1-2020"}, file="b")
    deliver(
        world,
        "trajecten",
        TRAJECT | {"Locatie": "De Brug, nacht"},
        TRAJECT | {"Nummer": "J2", "Locatie": "De Brug, De Brug, nacht"},
    )
    world.stage()
    assert world.read("select trajectory_id, team_id from staged.trajectory") == [("J1", "nacht")]
    assert world.read_reasons("trajectory") == [(3, "Locatie", "several_values")]


def test_several_values_under_one_hash_are_quarantined(world: World) -> None:
    deliver(world, "trajecten", TRAJECT | {"Coach": "#multiple"})
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "Coach", "several_values")]


def test_age_band_comes_from_the_door(world: World) -> None:
    deliver(world, "trajecten", TRAJECT | {"Geboren": "from_18_to_22"})
    world.stage()
    assert world.read("select age_band from staged.trajectory") == [("from_18_to_22",)]


def test_column_that_no_file_has_is_empty(world: World) -> None:
    deliver(world, "trajecten", TRAJECT)
    world.stage()
    assert world.read("select target_group from staged.trajectory") == [(None,)]


def test_one_row_yields_records_of_two_kinds_and_is_shown_under_both(world: World) -> None:
    deliver(
        world,
        "trajecten",
        TRAJECT | {"Einde": "1-6-2024", "Afronding": "wel PLAN"},
        TRAJECT | {"Nummer": "J2", "Einde": "-"},
        TRAJECT | {"Nummer": "J3"},
        not_a_record=1,
    )
    world.stage()
    assert world.read("select trajectory_id, planned from staged.closure") == [("J1", True)]
    assert world.read(
        "select record_kind, rows_read, staged, superseded, quarantined, not_a_record"
        " from quality.delivery_report where record_kind <> 'team' order by record_kind"
    ) == [("closure", 4, 1, 0, 0, 3), ("trajectory", 4, 3, 0, 0, 1)]


def test_export_that_reads_a_row_twice_for_one_kind_counts_it_twice(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None})
    world.deliver(
        "strengths_assessment",
        {"assessment_id": "K1", "trajectory_id": "J1", "assessment_date": "2024-02-01"},
    )
    deliver(world, "items", {"KI": "K1", "Een": "ja", "Twee": "nee"})
    world.stage()
    assert world.read(
        "select life_domain, filled from staged.strengths_assessment_domain order by 1"
    ) == [("L01", True), ("L02", False)]
    assert world.read(
        "select rows_read, staged from quality.delivery_report"
        " where record_kind = 'strengths_assessment_domain'"
    ) == [(2, 2)]


def test_parent_is_found_by_columns_in_whatever_form_its_date_is(world: World) -> None:
    deliver(world, "trajecten", TRAJECT)
    deliver(world, "contacten", CONTACT)
    world.stage()
    assert world.read("select trajectory_id, mode from staged.contact") == [("J1", "phone")]


@pytest.mark.parametrize(
    ("parents", "row", "reason"),
    [
        ([TRAJECT], CONTACT | {"Start": "2024-01-02"}, "parent_not_found"),
        ([TRAJECT], CONTACT | {"Dossier": None}, "parent_not_found"),
        ([TRAJECT, TRAJECT | {"Nummer": "J2"}], CONTACT, "parent_ambiguous"),
        ([TRAJECT | {"Einde": "1-1-2023"}], CONTACT, "parent_quarantined"),
    ],
)
def test_row_without_exactly_one_parent_is_quarantined(
    world: World, parents: list[dict], row: dict, reason: str
) -> None:
    deliver(world, "trajecten", *parents)
    deliver(world, "contacten", row)
    world.stage()
    assert world.read_reasons("contact") == [(2, "Dossier + Start", reason)]


def test_equal_rows_stay_as_many_as_they_are_and_come_again_as_the_same(world: World) -> None:
    deliver(world, "trajecten", TRAJECT)
    deliver(world, "contacten", CONTACT, CONTACT, CONTACT | {"Datum": "2-2-2024"})
    deliver(world, "contacten", CONTACT, CONTACT, file_date="2025-01-31")
    world.stage()
    assert world.read(
        "select file_date, staged, superseded from quality.delivery_report"
        " where record_kind = 'contact' order by file_date"
    )[0][1:] == (1, 2)
    assert world.read("select count(*), count(distinct contact_id) from staged.contact") == [(3, 3)]


@pytest.mark.parametrize(
    ("cell", "task"),
    [
        ("BT2", "BT2"),
        ("BT2, BT3", "BT2"),
        ("Doelen stellen en een actieplan maken, BT1", "BT4"),
        ("", None),
    ],
)
def test_first_of_several_codes_is_taken(world: World, cell: str, task: str | None) -> None:
    deliver(world, "trajecten", TRAJECT)
    deliver(world, "contacten", CONTACT | {"Taken": cell})
    world.stage()
    assert world.read("select basic_task from staged.contact") == [(task,)]


def test_first_of_several_unknown_codes_is_unknown(world: World) -> None:
    deliver(world, "trajecten", TRAJECT)
    deliver(world, "contacten", CONTACT | {"Taken": "koffie, BT1"})
    world.stage()
    assert world.read_reasons("contact") == [(2, "Taken", "unknown_code")]


@pytest.mark.parametrize(("format", "hours"), [("csv", "1250.00"), ("xlsx", "1.25")])
def test_point_between_thousands_depends_on_source_and_format(
    tmp_path: Path, format: str, hours: str
) -> None:
    names = ("worker_id", "team_id", "start_date", "role", "fte", "contract_hours")
    fields = {name: {"column": name} for name in names}
    workers = {"id": "w", "label": WORDS, "records": [{"kind": "worker", "fields": fields}]}
    source = Source.model_validate(SOURCE.model_dump() | {"exports": [workers]})
    world = World(tmp_path, sources=(source,))
    world.deliver("team", TEAM)
    deliver(world, "w", WORKER | {"contract_hours": "1.250"}, format=format)
    world.stage()
    assert world.read("select cast(contract_hours as varchar) from staged.worker") == [(hours,)]


def test_header_with_quotes_does_no_harm(tmp_path: Path) -> None:
    header = 'Naam "van" \'t team; drop table x'
    fields = TEAM_FIELDS | {"name": {"column": header}}
    teams = {"id": "teams", "label": WORDS, "records": [{"kind": "team", "fields": fields}]}
    world = World(
        tmp_path, sources=(Source.model_validate(SOURCE.model_dump() | {"exports": [teams]}),)
    )
    deliver(world, "teams", {"Locatie": "De Brug", "Open": "1-1-2020", header: "a"})
    deliver(world, "teams", {"Locatie": "De Brug", "Open": "1-1-2020", header: ""}, file="z")
    world.stage()
    assert world.read("select name from staged.team") == [("a",)]
    assert world.read_reasons("team") == [(2, header, "missing_required")]
