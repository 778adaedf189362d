"""What is wrong with a row by itself, told with every reason and the column as delivered."""

import pytest

from tests.records.world import CONTACT, TEAM, TRAJECTORY, WORKER, World

REVIEW = {
    "review_id": "R1",
    "team_id": "T1",
    "planned_date": "2024-02-01",
    "held_date": "2024-02-01",
    "status": "held",
    "expected_count": "5",
    "present_count": "4",
}


def test_good_row_is_staged_with_typed_values(world: World) -> None:
    world.deliver_base()
    world.deliver("contact", CONTACT | {"duration_minutes": "45", "no_show": "Nee"})
    world.stage()
    assert world.read(
        "select organisation_id, contact_id, trajectory_id, worker_id,"
        " cast(contact_date as varchar), duration_minutes, contact_count, mode,"
        " place, no_show, row_number from staged.contact"
    ) == [("org", "X1", "J1", "W1", "2024-02-01", 45, 1, "phone", None, False, 2)]


def test_row_is_quarantined_with_every_reason(world: World) -> None:
    world.deliver_base()
    faulty = {
        "contact_id": None,
        "trajectory_id": "nowhere",
        "contact_date": "31-02-2024",
        "duration_minutes": "1,5",
        "contact_count": "-1",
        "mode": "fax",
        "no_show": "misschien",
    }
    world.deliver("contact", faulty)
    world.stage()
    assert world.read_reasons("contact") == [
        (2, "contact_count", "out_of_range"),
        (2, "contact_date", "not_a_date"),
        (2, "contact_id", "missing_key"),
        (2, "duration_minutes", "not_an_integer"),
        (2, "mode", "unknown_code"),
        (2, "no_show", "not_yes_no"),
        (2, "trajectory_id", "unknown_reference"),
    ]
    assert world.read("select * from staged.contact") == []


@pytest.mark.parametrize(
    ("export", "row", "column", "reason"),
    [
        ("team", TEAM | {"name": "-"}, "name", "missing_required"),
        ("team", TEAM | {"team_id": "onbekend"}, "team_id", "missing_key"),
        ("team", TEAM | {"start_date": "01-01-1900"}, "start_date", "missing_required"),
        ("team", TEAM | {"name": "verhaal " * 20}, "name", "text_too_long"),
        ("team", TEAM | {"end_date": "2019-12-31"}, "end_date", "start_not_after_end"),
        ("team", TEAM | {"end_date": "#held_back"}, "end_date", "held_back"),
        ("worker", WORKER | {"fte": "veel"}, "fte", "not_a_number"),
        ("worker", WORKER | {"fte": "0,888"}, "fte", "decimal_does_not_fit"),
        ("worker", WORKER | {"fte": "1,51"}, "fte", "out_of_range"),
        (
            "worker",
            WORKER | {"contract_hours": "24", "other_duty_hours": "24,5"},
            "other_duty_hours",
            "other_duty_within_contract",
        ),
        ("team_review", REVIEW | {"held_date": "n.v.t."}, "held_date", "held_has_date"),
        ("team_review", REVIEW | {"status": "#held_back"}, "status", "held_back"),
    ],
)
def test_hard_rule_quarantines(
    world: World, export: str, row: dict[str, str], column: str, reason: str
) -> None:
    if export != "team":
        world.deliver("team", TEAM)
    world.deliver(export, row)
    world.stage()
    assert world.read_reasons(export) == [(2, column, reason)]
    assert world.read(f"select * from staged.{export}") == []


@pytest.mark.parametrize(
    ("export", "row"),
    [
        ("team", TEAM | {"end_date": "31-12-9999"}),
        ("team", TEAM | {"end_date": TEAM["start_date"]}),
        ("worker", WORKER | {"fte": "1,5"}),
        ("worker", WORKER | {"fte": "0"}),
        ("worker", WORKER | {"contract_hours": "n.v.t.", "other_duty_hours": "4"}),
        ("team_review", REVIEW | {"status": "Vervallen", "held_date": ""}),
    ],
)
def test_row_at_the_limit_is_staged(world: World, export: str, row: dict[str, str]) -> None:
    if export != "team":
        world.deliver("team", TEAM)
    world.deliver(export, row)
    world.stage()
    assert world.read_reasons(export) == []
    assert len(world.read(f"select * from staged.{export}")) == 1


def test_default_fills_an_empty_cell_and_not_an_unreadable_one(world: World) -> None:
    world.deliver_base()
    world.deliver(
        "contact",
        CONTACT | {"contact_count": "", "no_show": "n.v.t."},
        CONTACT | {"contact_id": "X2", "contact_count": "0", "no_show": "1"},
        CONTACT | {"contact_id": "X3", "contact_count": "een paar"},
    )
    world.stage()
    assert world.read(
        "select contact_id, contact_count, no_show from staged.contact order by contact_id"
    ) == [("X1", 1, False), ("X2", 0, True)]
    assert world.read_reasons("contact") == [(4, "contact_count", "not_a_number")]


def test_of_a_ragged_row_only_that_is_told(world: World) -> None:
    world.deliver("team", TEAM, {"team_id": "T2", "start_date": "x"}, faulty_rows=(3,))
    world.stage()
    assert world.read_reasons("team") == [(3, None, "ragged_row")]
    assert world.read("select team_id from staged.team") == [("T1",)]


def test_code_is_found_by_synonym_without_case(world: World) -> None:
    world.deliver("team", TEAM | {"setting": "VROUWENOPVANG"}, TEAM | {"team_id": "T2"})
    world.stage()
    assert world.read("select setting from staged.team order by team_id") == [
        ("womens_shelter",),
        ("outreach",),
    ]


def test_unknown_code_of_an_open_list_is_kept_and_counted(world: World) -> None:
    world.deliver("team", TEAM)
    rows = [TRAJECTORY | {"trajectory_id": name, "worker_id": None} for name in ("J1", "J2", "J3")]
    world.deliver("trajectory", *rows)
    closure = {"closure_date": "2024-06-01"}
    world.deliver(
        "closure",
        closure | {"trajectory_id": "J1", "reason_code": "77"},
        closure | {"trajectory_id": "J2", "reason_code": "77"},
        closure | {"trajectory_id": "J3", "reason_code": "Volgens plan beëindigd"},
    )
    world.stage()
    assert world.read("select reason_code from staged.closure order by trajectory_id") == [
        ("77",),
        ("77",),
        ("19",),
    ]
    assert world.read(
        "select record_kind, column_name, code_text, row_count from quality.unmapped_code"
    ) == [("closure", "reason_code", "77", 2)]


def test_sentence_in_an_open_list_is_neither_kept_nor_shown(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None})
    story = "Jan is boos weggelopen en woont nu bij zijn zus in de stad"
    world.deliver(
        "closure", {"trajectory_id": "J1", "closure_date": "2024-06-01", "reason_code": story}
    )
    world.stage()
    assert world.read_reasons("closure") == [(2, "reason_code", "unknown_code")]
    assert world.read("select code_text, row_count from quality.unmapped_code") == [(None, 1)]


def test_unknown_code_of_a_closed_list_is_listed_for_the_supplier(world: World) -> None:
    world.deliver("team", TEAM | {"setting": "ruimtestation"})
    world.stage()
    assert world.read(
        "select record_kind, column_name, code_text, row_count from quality.unmapped_code"
    ) == [("team", "setting", "ruimtestation", 1)]


def test_soft_rule_warns_and_keeps_the_row(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver(
        "team_review",
        REVIEW | {"present_count": "6"},
        REVIEW | {"review_id": "R2", "status": "cancelled"},
    )
    world.stage()
    assert world.read_reasons("team_review") == []
    assert world.read_warnings("team_review") == [
        (2, "present_count", "present_within_expected"),
        (3, "held_date", "cancelled_without_date"),
    ]
    assert len(world.read("select * from staged.team_review")) == 2


def test_score_is_staged_exactly_and_not_discussed_is_no_score(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None})
    row = {
        "measurement_id": "M1",
        "trajectory_id": "J1",
        "instrument": "SRM",
        "moment": "T0",
        "measured_date": "2024-01-10",
        "informant": "worker",
        "scale": "total",
        "score": "3,33",
    }
    world.deliver("outcome_measurement", row, row | {"measurement_id": "M2", "score": "-"})
    world.stage()
    assert world.read("select cast(score as varchar) from staged.outcome_measurement") == [
        ("3.33",)
    ]
    assert world.read_reasons("outcome_measurement") == [(3, "score", "missing_required")]
