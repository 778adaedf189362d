"""Zilverhorst: rows that break a rule, one or a few of every kind."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sample_data.faults import zilverhorst_staff
from sample_data.faults.cascade import list_fallen
from sample_data.faults.planter import (
    Planter,
    checked,
    pick_rows,
    quarantined,
    reported,
    staged,
    unmapped,
    warned,
)

LONG_TEXT = (
    "Het plan is samen gemaakt en daarna nog drie keer besproken, ook met de buurvrouw. " * 2
)


def plant_rows(planter: Planter) -> None:
    """Plants every fault of a row; the rows chosen do not overlap."""
    _plant_contacts(planter)
    _plant_trajectories(planter)
    zilverhorst_staff.plant_staff(planter)
    _plant_documents(planter)
    _plant_audits_and_outcomes(planter)
    _plant_closures(planter)


def _plant_contacts(planter: Planter) -> None:
    table = planter.tables["contacten"]
    usable = pick_rows(table, 30, lambda cell: cell("place") and cell("worker_id"), skip=50)
    take = iter(usable)

    def spoil(count: int, name: str, text: Any, reason: str, label: str) -> None:
        rows = [next(take) for _ in range(count)]
        planter.spoil("contacten", rows, name, text, reason, label)

    spoil(2, "mode", "rooksignaal", "unknown_code", "unknown-code")
    spoil(1, "contact_date", "32-13-2025", "not_a_date", "impossible-date")
    spoil(1, "contact_date", None, "missing_required", "missing-date")
    spoil(1, "contact_id", None, "missing_key", "missing-key")
    spoil(1, "contact_count", "1,5", "not_an_integer", "half-contact")
    spoil(1, "contact_count", "-1", "out_of_range", "negative-count")
    spoil(1, "no_show", "misschien", "not_yes_no", "not-yes-no")
    spoil(2, "trajectory_id", "T99-9999", "unknown_reference", "unknown-trajectory")
    several = [next(take)]
    table.set(several[0], "mode", "postduif")
    table.set(several[0], "contact_date", "gisteren")
    planter.note(
        "two-reasons", "every_reason_is_listed", table,
        [
            quarantined(table, several, "unknown_code", "Vorm"),
            quarantined(table, several, "not_a_date", "Contactdatum"),
        ],
        "postduif",
    )  # fmt: skip
    strangers = [next(take) for _ in range(3)]
    for row in strangers:
        table.set(row, "worker_id", "999999")
    planter.note(
        "unknown-worker",
        "unknown_worker",
        table,
        [warned(table, strangers, "reference_emptied")],
        "999999",
    )
    early = [next(take)]
    trajectory = table.get(early[0], "trajectory_id")
    starts = {
        record["trajectory_id"]: record["start_date"] for record in planter.world["trajectory"]
    }
    table.set(early[0], "contact_date", starts[trajectory] - timedelta(days=70))
    planter.note(
        "early-event", "event_outside_trajectory", table,
        [warned(table, early, "event_outside_trajectory")],
    )  # fmt: skip
    future = [next(take)]
    table.set(future[0], "contact_date", date(2026, 8, 14))
    planter.note(
        "after-export", "row_after_export", table,
        [
            staged("contact", "contact_date = date '2026-08-14'", 1),
            checked("rows_after_export", "contact"),
        ],
        "14-08-2026",
    )  # fmt: skip
    empty = planter.add_row("contacten")
    table.rows[empty] = [""] * len(table.headers)
    total = planter.add_row("contacten")
    table.rows[total] = ["Totaal", *[""] * (len(table.headers) - 1)]
    planter.note(
        "blank-row",
        "blank_and_total_row",
        table,
        [reported("contact", "not_a_record", 2)],
        "Totaal",
    )


def _plant_trajectories(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    far = date(9999, 12, 31)
    ended = pick_rows(table, 2, lambda cell: cell("end_date") != far, skip=60)
    _spoil_trajectory(
        planter, ended[0], "end_date", date(2019, 5, 6), "start_not_after_end", "end-first"
    )
    _spoil_trajectory(
        planter, ended[1], "programme", "Buurtbus", "unknown_code", "unknown-programme"
    )
    later = pick_rows(table, 1, lambda cell: cell("end_date") == far, skip=150)
    _spoil_trajectory(planter, later[0], "start_date", None, "missing_required", "missing-start")


def _spoil_trajectory(
    planter: Planter, row: int, name: str, text: Any, reason: str, label: str
) -> None:
    table = planter.tables["trajecten"]
    planter.spoil("trajecten", [row], name, text, reason, label)
    fallen = list_fallen(planter, "trajectory", {table.get(row, "trajectory_id")})
    planter.entries[-1]["surfaces"].extend(fallen)


def _plant_documents(planter: Planter) -> None:
    domains = planter.tables["ki_leefgebieden"]
    any_row: Callable[..., bool] = lambda cell: cell("filled") is True  # noqa: E731
    rows = pick_rows(domains, 1, any_row, skip=3000)
    planter.spoil(
        "ki_leefgebieden", rows, "life_domain", "leefgebied 11", "unknown_code", "eleventh-domain"
    )
    goals = planter.tables["doelen"]
    rows = pick_rows(goals, 1, lambda cell: cell("gas_score") == 2, skip=9)
    planter.spoil("doelen", rows, "gas_score", 3, "out_of_range", "gas-range")
    fallen = list_fallen(planter, "goal", {goals.get(rows[0], "goal_id")})
    planter.entries[-1]["surfaces"].extend(fallen)
    planter.entries[-1]["in_file"] = ";3;"
    actions = planter.tables["acties"]
    rows = pick_rows(actions, 1, lambda cell: cell("owner"), skip=700)
    actions.rows[rows[0]].append("te veel")
    planter.note(
        "ragged-row", "ragged_row", actions, [quarantined(actions, rows, "ragged_row")], "te veel"
    )
    ratings = planter.tables["kwaliteitsbeoordelingen"]
    good = pick_rows(ratings, 3, lambda cell: str(cell("rating_id")).startswith("q"), skip=40)
    planter.spoil("kwaliteitsbeoordelingen", good[:1], "score", 6, "out_of_range", "score-range")
    planter.spoil(
        "kwaliteitsbeoordelingen", good[1:2], "criterion", LONG_TEXT, "held_back", "story"
    )
    planter.spoil(
        "kwaliteitsbeoordelingen",
        good[2:],
        "subject_id",
        "k99999",
        "unknown_reference",
        "lost-document",
    )


def _plant_audits_and_outcomes(planter: Planter) -> None:
    scores = planter.tables["auditscores"]
    rows = pick_rows(scores, 1, lambda cell: cell("is_consensus") is True, skip=20)
    twin = planter.add_row("auditscores", after=rows[0], assessor_id="beoordelaar B")
    expected = [quarantined(scores, [rows[0], twin], "two_consensus_rows")]
    planter.note("two-consensus", "two_consensus_rows", scores, expected)
    outcomes = planter.tables["uitkomstmetingen"]
    rows = pick_rows(outcomes, 3, lambda cell: cell("moment") == "T0", skip=30)
    planter.spoil("uitkomstmetingen", rows[2:], "score", "veel", "not_a_number", "score-words")
    planter.spoil(
        "uitkomstmetingen", rows[:1], "score", "38,125", "decimal_does_not_fit", "score-decimals"
    )
    planter.spoil("uitkomstmetingen", rows[1:2], "moment", "T9", "unknown_code", "unknown-moment")


def _plant_closures(planter: Planter) -> None:
    table = planter.tables["afsluitingen"]
    rows = pick_rows(table, 3, lambda cell: cell("reason_code") not in (None, "19"), skip=12)
    for row in rows:
        table.set(row, "reason_code", "47")
    planter.note(
        "unknown-reason", "unknown_closure_reason", table,
        [
            staged("closure", "reason_code = '47'", 3),
            unmapped("closure", "47", 3),
        ],
        ";47;",
    )  # fmt: skip
    far = pick_rows(table, 1, lambda cell: cell("reason_code") == "19", skip=200)
    table.set(far[0], "closure_date", table.get(far[0], "closure_date") - timedelta(days=60))
    planter.note(
        "closure-far", "closure_far_from_end", table, [warned(table, far, "closure_far_from_end")]
    )
