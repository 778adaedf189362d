"""Further sheets of a workbook: read when the mapping names them, each by its own header set."""

import os

import pytest

from pipelines.deliveries import Reception, Refusal
from pipelines.deliveries.journal import LOST, append_event, read_events
from pipelines.deliveries.sheets import name_sheet
from tests.deliveries.conftest import Door
from tests.deliveries.sheets import TEAMS, WORKERS, fill_two_sheets, name_sheets
from tests.deliveries.test_gates import BSNS
from tests.deliveries.test_workbook import make_workbook


def describe(reception: Reception) -> dict[str, tuple[str, str, int]]:
    return {
        delivery.file: (delivery.sheet, delivery.export, delivery.rows_read)
        for delivery in reception.deliveries
    }


def list_warnings(reception: Reception) -> list[tuple[str, str | None]]:
    return [(w.warning, w.column) for d in reception.deliveries for w in d.warnings]


def list_refused(refusals: tuple[Refusal, ...]) -> list[tuple[str, str | None]]:
    return sorted((refusal.file, refusal.reason_code) for refusal in refusals)


@pytest.mark.parametrize("name", ["Blad2", " blad2", "*"])
def test_named_sheet_is_read_by_its_own_header_beside_the_one_that_fits_best(door, name):
    name_sheets(door, name)
    fill_two_sheets(door)

    reception = door.receive()

    assert describe(reception) == {
        "alles.xlsx": ("Worksheet", "workers", 3),
        "alles.xlsx [Blad2]": ("Blad2", "teams", 2),
    }
    assert list_warnings(reception) == []
    teams = next(d for d in reception.deliveries if d.sheet == "Blad2")
    assert [(r["row_number"], r["Naam"]) for r in door.read_landing(teams)] == [
        (2, "Noord"),
        (3, "Zuid"),
    ]
    assert all(d.sheets == ("Worksheet", "Blad2") for d in reception.deliveries)


def test_sheet_that_no_mapping_names_is_told_and_not_read(door):
    name_sheets(door)
    fill_two_sheets(door)

    reception = door.receive()

    assert list(describe(reception)) == ["alles.xlsx"]
    assert list_warnings(reception) == [("sheet_not_read", "Blad2")]


def test_named_sheet_that_no_export_fits_is_told(door):
    name_sheets(door, "Blad2", "Blad3")
    fill_two_sheets(door, [["Toelichting"], ["Lees dit eerst"]])

    reception = door.receive()

    assert len(reception.deliveries) == 2
    assert list_warnings(reception) == [("sheet_not_recognised", "Blad3")]


def test_name_that_was_cut_at_31_characters_is_the_same_name(door):
    title = "Medewerkers per locatie en functie van dit jaar"
    name_sheets(door, title)
    door.write("t.xlsx", make_workbook(WORKERS, TEAMS, titles=("Worksheet", title[:31])))

    assert len(door.receive().deliveries) == 2


def test_same_workbook_again_changes_nothing_under_any_name(door):
    name_sheets(door, "*")
    fill_two_sheets(door)
    first = door.receive()
    door.write("kopie.xlsx", (door.inbox / "org" / "alles.xlsx").read_bytes())
    lines = read_events(door.run.journal)

    assert door.receive() == first
    assert read_events(door.run.journal) == lines


def test_all_sheets_have_the_date_of_the_file_and_their_names_order_them(door):
    name_sheets(door, "*")
    fill_two_sheets(door)

    deliveries = sorted(door.receive().deliveries, key=lambda one: one.rank_key)

    assert [d.file for d in deliveries] == ["alles.xlsx", "alles.xlsx [Blad2]"]
    assert len({(d.file_date, d.modified_at) for d in deliveries}) == 1


def test_sheet_that_is_named_later_is_read_from_the_file_that_still_lies_there(door):
    name_sheets(door)
    fill_two_sheets(door)
    assert len(door.receive().deliveries) == 1

    name_sheets(door, "Blad2")

    assert len(door.receive().deliveries) == 2


def test_sheet_that_is_named_no_longer_is_out_of_use_and_its_rows_are_gone(door):
    name_sheets(door, "Blad2")
    fill_two_sheets(door)
    further = next(d for d in door.receive().deliveries if d.workbook)

    name_sheets(door)
    reception = door.receive()

    assert list(describe(reception)) == ["alles.xlsx"]
    assert list_refused(reception.refusals) == [("alles.xlsx [Blad2]", "sheet_not_named")]
    assert not (door.run.landing / further.landing).exists()


def test_file_is_refused_whole_when_a_further_sheet_is(door):
    name_sheets(door, "*")
    teams = [["Code", "Naam"], *([bsn, "Noord"] for bsn in BSNS)]
    door.write("alles.xlsx", make_workbook(WORKERS, teams))

    reception = door.receive()

    assert reception.deliveries == ()
    assert list_refused(reception.refusals) == [("alles.xlsx", "id_column_holds_bsn")]
    assert list(door.run.landing.iterdir()) == []


def test_every_sheet_goes_when_the_file_is_refused_under_a_changed_mapping(door):
    name_sheets(door, "*")
    fill_two_sheets(door)
    door.receive()

    door.add_source("eigen", {"id": "iets", "records": []}, version=2)
    reception = door.receive()

    assert reception.deliveries == ()
    assert list_refused(reception.refusals) == [
        ("alles.xlsx", "report_not_records"),
        ("alles.xlsx [Blad2]", "report_not_records"),
    ]
    assert list(door.run.landing.iterdir()) == []


def test_lost_landing_of_a_sheet_comes_back_without_a_second_line(door):
    name_sheets(door, "*")
    fill_two_sheets(door)
    first = door.receive()
    lines = read_events(door.run.journal)
    for delivery in first.deliveries:
        (door.run.landing / delivery.landing).unlink()

        assert door.receive() == first
        assert (door.run.landing / delivery.landing).is_file()
    assert read_events(door.run.journal) == lines


def test_run_that_dies_between_two_lines_reads_all_sheets_again(door: Door):
    name_sheets(door, "*")
    fill_two_sheets(door)
    first = door.receive()
    *before, last = door.run.journal.read_bytes().splitlines(keepends=True)
    assert b'"file": "alles.xlsx",' in last  # the file itself comes last
    door.run.journal.write_bytes(b"".join(before))

    assert door.receive() == first


def test_sheet_that_was_given_up_is_read_again_with_its_file(door):
    name_sheets(door, "*")
    fill_two_sheets(door)
    first = door.receive()
    for lost in first.deliveries:
        identity = {"organisation_id": "org", "delivery": lost.delivery, "landing": lost.landing}
        append_event(door.run.journal, {"event": LOST, **identity})

    assert door.receive() == first


def test_same_bytes_and_place_give_the_same_name_and_others_another():
    names = {name_sheet(content, at) for content in ("a", "b") for at in range(3)}

    assert len(names) == 6
    assert name_sheet("a", 1) in names


def make_teams(count: int) -> list[list[str]]:
    return [TEAMS[0], *([f"t{number}", "Noord"] for number in range(count))]


def test_sheets_of_one_workbook_are_never_a_jump_beside_each_other(door):
    name_sheets(door, "*")
    door.write("teams.xlsx", make_workbook(make_teams(100), make_teams(25), make_teams(300)))

    reception = door.receive()

    assert (len(reception.deliveries), reception.waiting) == (3, ())


def test_sheet_is_compared_with_the_sheet_of_that_name_in_the_file_before(door):
    name_sheets(door, "*")
    for second, (name, count) in enumerate((("een.xlsx", 100), ("twee.xlsx", 30))):
        path = door.write(name, make_workbook(WORKERS, make_teams(count)))
        os.utime(path, (1_000_000_000 + second,) * 2)

    reception = door.receive()

    (waiting,) = reception.waiting
    assert waiting.delivery.file == "twee.xlsx [Blad2]"
    assert waiting.previous.file == "een.xlsx [Blad2]"
    assert {one.file for one in reception.deliveries} >= {"een.xlsx", "twee.xlsx"}
