"""Zilverhorst: rows of workers, trainings and team reviews that break a rule."""

from datetime import date
from decimal import Decimal
from typing import Any

from sample_data.faults.planter import Planter, pick_rows, quarantined, staged, warned


def plant_staff(planter: Planter) -> None:
    """Plants the faults of workers and team reviews."""
    _plant_workers(planter)
    _plant_reviews(planter)


def _plant_workers(planter: Planter) -> None:
    """On new rows of other roles, so that no figure of the teams moves."""
    table = planter.tables["medewerkers"]
    base = {
        "team_id": "ZH01",
        "role": "overig",
        "start_date": date(2024, 2, 1),
        "fte": Decimal("0.50"),
    }
    hours = {"contract_hours": Decimal("18.00"), "other_duty_hours": Decimal("2.00")}

    def add(worker_id: str, **changes: Any) -> int:
        return planter.add_row(
            "medewerkers", **{**base, **hours, "worker_id": worker_id, **changes}
        )

    rows = [add("009001", other_duty_hours=Decimal("19.50"))]
    expected = [
        quarantined(table, rows, "other_duty_within_contract", "Uren andere taken per week")
    ]
    planter.note("other-duties", "other_duty_within_contract", table, expected, "009001")
    rows = [add("009002", fte="2,5")]
    planter.note(
        "fte-range", "out_of_range", table, [quarantined(table, rows, "out_of_range", "Fte")], "2,5"
    )
    rows = [add("009003", fte="0,333")]
    expected = [quarantined(table, rows, "decimal_does_not_fit", "Fte")]
    planter.note("fte-decimals", "decimal_does_not_fit", table, expected, "0,333")
    rows = [add("009004", end_date=date(2025, 6, 30)), add("009004", start_date=date(2025, 3, 1))]
    expected = [
        warned(table, rows[:1], "worker_overlap"),
        staged("worker", "end_date = date '2025-02-28' and role = 'other'", 1),
    ]
    planter.note("overlap", "worker_overlap", table, expected, "009004")
    rows = [add("009005", team_id="ZH99")]
    expected = [quarantined(table, rows, "unknown_reference", "Teamcode")]
    planter.note("unknown-team", "unknown_reference", table, expected, "ZH99")
    trainings = planter.tables["trainingen"]
    row = planter.add_row("trainingen", worker_id="9005", kind="basistraining", completed=True)
    expected = [quarantined(trainings, [row], "parent_quarantined", "Personeelsnummer")]
    planter.note("fallen-training", "parent_quarantined", trainings, expected, "9005")


def _plant_reviews(planter: Planter) -> None:
    table = planter.tables["teamkrachtbesprekingen"]
    held = pick_rows(table, 3, lambda cell: cell("status") == "gehouden", skip=30)
    row = planter.add_row(
        "teamkrachtbesprekingen", after=held[0], review_id="b90001", held_date=None
    )
    expected = [quarantined(table, [row], "held_has_date", "Datum gehouden")]
    planter.note("held-without-date", "held_has_date", table, expected, "b90001")
    for row in held[1:]:
        table.set(row, "present_count", table.get(row, "expected_count") + 2)
    planter.note(
        "crowd",
        "present_within_expected",
        table,
        [warned(table, held[1:], "present_within_expected")],
    )
    cancelled = pick_rows(table, 1, lambda cell: cell("status") == "vervallen", skip=10)
    table.set(cancelled[0], "held_date", table.get(cancelled[0], "planned_date"))
    expected = [warned(table, cancelled, "cancelled_without_date")]
    planter.note("cancelled-held", "cancelled_without_date", table, expected)
