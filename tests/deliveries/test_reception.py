"""From inbox to landing and journal: twice the same, one bad file among good ones, new mappings."""

import os
import shutil

import pytest

from pipelines.deliveries import read_journal, receive_deliveries
from pipelines.errors import UserError

TEAMS = "team_id;name;setting;start_date;end_date\n"
TWO_TEAMS = TEAMS + "t1;Noord;outreach;2020-01-01;\nt2;Zuid;other;2020-01-01;\n"


def test_canonical_csv_lands_as_text_with_spreadsheet_row_numbers(door):
    door.write("teams.csv", TWO_TEAMS)

    delivery = door.receive_one()

    assert (delivery.export, delivery.rows_read, delivery.not_a_record) == ("team", 2, 0)
    assert door.read_landing(delivery) == [
        {
            "row_number": number,
            "#row_fault": None,
            "team_id": team,
            "name": name,
            "setting": setting,
            "start_date": "2020-01-01",
            "end_date": None,
        }
        for number, team, name, setting in [
            (2, "t1", "Noord", "outreach"),
            (3, "t2", "Zuid", "other"),
        ]
    ]


def test_second_run_changes_nothing_and_gives_the_same_reception(door):
    door.write("teams.csv", TWO_TEAMS)
    door.write("oud.csv", "a;b\n1;2\n")
    first = door.receive()
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in door.list_home()}

    assert door.receive() == first
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in door.list_home()} == before


def test_same_files_give_the_same_bytes_in_another_home(door, tmp_path):
    door.write("teams.csv", TWO_TEAMS)
    door.write("workers.csv", "worker_id;team_id;start_date;role;fte\nw1;t1;2020-01-01;coach;1\n")
    door.receive()
    first = {path.name: path.read_bytes() for path in door.list_home()}
    shutil.rmtree(door.run.home)

    door.receive()

    assert {path.name: path.read_bytes() for path in door.list_home()} == first


def test_same_bytes_under_two_names_are_one_delivery(door):
    door.write("teams.csv", TWO_TEAMS)
    door.write("kopie/teams.csv", TWO_TEAMS)

    assert door.receive_one().file == "kopie/teams.csv"


def test_same_bytes_of_two_organisations_land_apart(door):
    door.add_organisation("other")
    door.write("teams.csv", TWO_TEAMS)
    door.write("teams.csv", TWO_TEAMS, "other")

    first, second = door.receive().deliveries

    assert first.delivery == second.delivery
    assert first.landing != second.landing


def test_refused_file_does_not_stop_the_others_and_leaves_no_trace_of_its_content(door):
    door.write("a.csv", "Naam;Woonplaats\nPietersen;Amsterdam\n")
    door.write("teams.csv", TWO_TEAMS)

    reception = door.receive()

    assert [d.file for d in reception.deliveries] == ["teams.csv"]
    (refusal,) = reception.refusals
    assert refusal.file == "a.csv"
    assert refusal.reason.startswith('No header row matches an export of source "canonical".')
    assert b"Pietersen" not in door.read_home()
    assert b"Woonplaats" not in door.read_home()


def test_refused_file_is_accepted_once_the_mapping_knows_it(door):
    team = {"kind": "team", "fields": {"team_id": {"column": "Code"}, "name": {"column": "Naam"}}}
    door.add_organisation("org", source="eigen")
    door.add_source("eigen", {"id": "teams", "records": [team]})
    door.write("teams.csv", "Teamcode;Naam\nt1;Noord\n")
    door.refuse_one()

    team["fields"]["team_id"]["column"] = "Teamcode"
    door.add_source("eigen", {"id": "teams", "records": [team]}, version=2)

    assert door.receive_one().source_version == 2
    assert door.receive().refusals == ()


def test_changed_mapping_lands_anew_but_keeps_the_date_of_the_first_acceptance(door):
    fields = {"team_id": {"column": "Code"}, "name": {"column": "Naam", "optional": True}}
    door.add_organisation("org", source="eigen")
    door.add_source("eigen", {"id": "teams", "records": [{"kind": "team", "fields": fields}]})
    door.write("teams.csv", "Code;Naam;Werkveld\nt1;Noord;other\n")
    first = door.receive_one()

    door.add_organisation("org", source="eigen", exported_on="2026-02-01")
    fields["setting"] = {"column": "Werkveld"}
    door.add_source("eigen", {"id": "teams", "records": [{"kind": "team", "fields": fields}]})
    second = door.receive_one()

    assert second.columns_kept == (*first.columns_kept, "Werkveld")
    assert second.file_date == first.file_date
    assert door.read_landing(second)[0]["Werkveld"] == "other"


def test_lost_landing_file_comes_back_without_a_second_journal_line(door):
    door.write("teams.csv", TWO_TEAMS)
    delivery = door.receive_one()
    journal = door.run.journal.read_bytes()
    landing = door.run.landing / delivery.landing
    content = landing.read_bytes()
    landing.unlink()

    door.receive()

    assert landing.read_bytes() == content
    assert door.run.journal.read_bytes() == journal


def test_landing_written_before_a_crash_is_simply_written_again(door):
    door.write("teams.csv", TWO_TEAMS)
    delivery = door.receive_one()
    door.run.journal.unlink()

    assert door.receive_one() == delivery


def test_nothing_of_the_work_folder_is_left_behind(door):
    leftover = door.run.home / ".door" / "transcoded.csv"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("Pietersen")
    door.write("teams.csv", TWO_TEAMS)

    door.receive()

    assert not leftover.parent.exists()


def test_link_out_of_the_inbox_is_refused_unread(door, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(TWO_TEAMS)
    (door.inbox / "org" / "teams.csv").symlink_to(secret)
    (door.inbox / "org" / "map").symlink_to(tmp_path / "home")
    door.write("echt.csv", TEAMS + "t9;West;other;2020-01-01;\n")

    reception = door.receive()

    assert [d.file for d in reception.deliveries] == ["echt.csv"]
    assert sorted(r.file for r in reception.refusals) == ["map", "teams.csv"]
    assert all("link" in r.reason for r in reception.refusals)


def test_pipe_in_the_inbox_does_not_block_the_run(door):
    os.mkfifo(door.inbox / "org" / "pijp.csv")

    assert door.refuse_one().file == "pijp.csv"


@pytest.mark.parametrize(
    "name",
    [
        "[t]eams*?.csv",
        "a'b;drop.csv",
        "-rf.csv",
        "ë" * 120 + ".csv",
        "/".join(["m" * 99] * 3) + "/300 tekens.csv",
        "x%2f..%2f..%2fetc%2fpasswd.csv",
        "x\\..\\..\\journal.jsonl.csv",
    ],
)
def test_hostile_file_name_is_only_a_name(door, name):
    door.write(name, TWO_TEAMS)
    door.write("teams.csv", TEAMS + "t9;West;other;2020-01-01;\n")

    reception = door.receive()

    assert [d.file for d in reception.deliveries if d.rows_read == 2] == [name]
    assert all(d.landing.removesuffix(".parquet").isalnum() for d in reception.deliveries)


def test_undecodable_file_name_is_written_readably(door):
    path = os.fsencode(door.inbox / "org") + b"/t\xffeams\n.csv"
    with open(path, "wb") as file:  # noqa: PTH123  (a Path cannot hold these bytes readably)
        file.write(TWO_TEAMS.encode())

    assert door.receive_one().file == "t\\udcffeams?.csv"


def test_folder_with_glob_characters_in_its_name_is_read(door, tmp_path):
    moved = tmp_path / "[in]*box"
    door.write("teams.csv", TWO_TEAMS)
    door.root.joinpath("inbox").rename(moved)
    run = door.run.__class__(
        inbox=moved,
        home=tmp_path / "h?m[e]",
        key_file=door.run.key_file,
        catalogue=door.run.catalogue,
    )

    (delivery,) = receive_deliveries(run).deliveries

    assert delivery.rows_read == 2


def test_stray_files_of_other_programs_are_no_deliveries(door):
    for name in ("~$teams.xlsx", ".hidden.csv", "Thumbs.db", ".git/teams.csv"):
        door.write(name, "x")
    door.write("teams.csv", TWO_TEAMS)

    assert door.receive_one().file == "teams.csv"


def test_file_of_another_kind_is_refused_by_its_name(door):
    door.write("brief.pdf", b"%PDF-1.7 Pietersen")

    assert door.refuse_one().reason_code == "format_unknown"


def test_empty_inbox_is_one_clear_message(door):
    with pytest.raises(UserError, match="holds no export file") as raised:
        door.receive()
    assert raised.value.exit_code == 2


def test_export_beside_the_folders_is_not_overlooked(door):
    door.write("teams.csv", TWO_TEAMS)
    (door.inbox / "teams.csv").write_text(TWO_TEAMS)

    with pytest.raises(UserError, match="outside the folder"):
        door.receive()


def test_another_key_than_the_first_one_is_refused(door):
    door.write("teams.csv", TWO_TEAMS)
    door.receive()
    door.run.key_file.write_bytes(bytes(range(64, 128)))

    with pytest.raises(UserError, match="not the one with which earlier deliveries"):
        door.receive()


def test_delivery_of_an_organisation_without_a_folder_is_left_out(door):
    door.add_organisation("other")
    door.write("teams.csv", TWO_TEAMS)
    door.write("teams.csv", TWO_TEAMS, "other")
    door.receive()
    shutil.rmtree(door.inbox / "other")

    assert [d.organisation_id for d in door.receive().deliveries] == ["org"]
    assert len(read_journal(door.run.journal)[0]) == 2


def test_mapping_that_lets_a_personal_key_through_stops_the_run(door):
    door.add_organisation("org", source="eigen")
    fields = {"trajectory_id": {"column": "Nummer"}, "target_group": {"column": "Nummer"}}
    record = {"kind": "trajectory", "fields": fields}
    door.add_source("eigen", {"id": "trajecten", "records": [record]})
    door.write("t.csv", "Nummer\n1\n")

    with pytest.raises(UserError, match="also feeds an open field"):
        door.receive()
