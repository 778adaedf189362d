"""Organisations that are received at the same time: one order, whatever lane is quicker."""

import json

import pytest

HEADER = "team_id;name;setting;start_date;end_date\n"


def test_journal_stands_in_the_order_of_the_inbox_whatever_lane_is_quicker(door):
    for number in range(6):
        door.add_organisation(f"org-{number}")
        # The first organisations have the most to read.
        teams = "".join(
            f"t{row};T;outreach;2020-01-01;\n" for row in range(1 + 4000 * (5 - number))
        )
        door.write("b.csv", HEADER + teams, f"org-{number}")
        door.write("a.csv", HEADER + f"u{number};U;outreach;2020-01-01;\n", f"org-{number}")

    door.receive()

    lines = [json.loads(line) for line in door.run.journal.read_text().splitlines()]
    told = [(e["organisation_id"], e["file"]) for e in lines if e["event"] == "delivery"]
    assert told == [(f"org-{n}", name) for n in range(6) for name in ("a.csv", "b.csv")]


def test_fault_in_one_lane_ends_the_run_and_is_told(door):
    for number in range(3):
        door.add_organisation(f"org-{number}")
        door.write("teams.csv", HEADER + "t1;Noord;outreach;2020-01-01;\n", f"org-{number}")
    door.run.home.mkdir()
    door.run.landing.write_text("a file where the folder should be")

    with pytest.raises(FileExistsError):
        door.receive()

    assert not door.run.journal.exists()
