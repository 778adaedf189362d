"""Closures, the slow way."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from tests.outcomes.slow_tables import count_clients, describe_share
from tests.outcomes.slow_units import SlowWorld, Unit, describe_groups, list_views

MEANINGS = {"19": "planned", "21": "premature", "31": "neutral", "20": "neutral"}


def find_kind(unit: Unit) -> str | None:
    planned, meaning = unit.row["planned"], MEANINGS.get(unit.row["reason_code"])
    if planned:
        return "planned"
    if planned is None:
        return meaning
    return meaning if meaning in ("premature", "neutral") else "not_planned"


def find_follow_on(unit: Unit) -> bool | str | None:
    closed, know = unit.row["closure_date"], unit.know
    last = closed + timedelta(days=31)
    if unit.client_id is None:
        return None
    if last > know.known_until:
        return "not_yet_due"
    return any(
        other.client_id == unit.client_id
        and other.trajectory_id != unit.trajectory_id
        and closed <= other.start <= last
        for other in know.trajectories.values()
    )


def answer(unit: Unit, measure: str, category: str | None) -> bool | str | None:
    """Met or not, None: not recorded, text: why it is not counted."""
    if measure == "without_contact":
        return unit.row["without_contact"]
    if measure == "follow_on":
        return find_follow_on(unit)
    if measure == "housing_after":
        housing = unit.row["housing_after"]
        return None if housing is None else housing.strip().lower() == category
    kind = find_kind(unit)
    return None if kind is None else kind == measure


def build_closures(slow: SlowWorld) -> dict[tuple, dict]:
    cells: dict[tuple, list[Unit]] = defaultdict(list)
    for unit in slow.closures:
        for view in list_views(unit, describe_groups(unit)):
            cells[view].append(unit)
    table = {}
    for view, units in cells.items():
        housing = {
            unit.row["housing_after"].strip().lower()
            for unit in units
            if unit.row["housing_after"] is not None
        }
        kinds = ("planned", "premature", "neutral", "not_planned", "without_contact", "follow_on")
        measures = [(kind, None) for kind in kinds]
        measures += [("housing_after", category) for category in housing]
        for measure, category in measures:
            answers = [(unit, answer(unit, measure, category)) for unit in units]
            counted = [unit for unit, told in answers if told in (True, False)]
            table[(*view, measure, category)] = {
                **describe_share(
                    sum(told is True for _, told in answers),
                    len(counted),
                    sum(told is None for _, told in answers),
                    count_clients(counted),
                    len({unit.organisation_id for unit in counted}),
                ),
                "not_yet_due_count": sum(told == "not_yet_due" for _, told in answers),
            }
    return table
