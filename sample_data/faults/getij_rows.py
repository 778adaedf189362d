"""Getij: rows that a client-file system exports and that cannot be what they seem."""

from sample_data.faults.cascade import list_fallen
from sample_data.faults.planter import (
    Entry,
    Planter,
    found_nowhere,
    pick_rows,
    quarantined,
    reported,
    staged,
    warned,
)

# Exports whose rows carry no trajectory number: the parent is looked up.
LOOKED_UP = ("contactmomenten", "zelfregulering", "ecogrammen", "evaluaties")


def plant_rows(planter: Planter) -> None:
    """Plants the faults of trajectories, contacts and measurements."""
    _plant_locations(planter)
    _plant_missing_dossiers(planter)
    _plant_coaches(planter)
    _plant_contacts(planter)
    _plant_ambiguous_parent(planter)
    _plant_not_discussed(planter)


def _pick_trajectories(planter: Planter) -> list[int]:
    """Ended trajectories of one location; those that got another location do not come again."""
    table = planter.tables["trajecten"]
    fits = lambda cell: cell("team_id") == "De Vlonder" and cell("end_date")  # noqa: E731
    return pick_rows(table, 8, fits, skip=20)


def _plant_locations(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    rows = _pick_trajectories(planter)
    both, unknown = "De Vlonder, Het Getij", "De Nieuwe Steiger"
    for row in rows[:2]:
        table.set(row, "team_id", both)
    expected = [quarantined(table, rows[:2], "several_values", "Locatie(s)")]
    expected += _list_fallen(planter, rows[:2])
    planter.note("two-locations", "several_values", table, expected, both)
    table.set(rows[2], "team_id", unknown)
    expected = [quarantined(table, rows[2:3], "unknown_reference", "Locatie(s)")]
    expected += _list_fallen(planter, rows[2:3])
    planter.note("unmapped-team", "unmapped_name", table, expected, unknown)
    with_comma = "vlonder-nacht"
    count = sum(record["team_id"] == with_comma for record in planter.world["trajectory"])
    expected = [staged("trajectory", f"team_id = '{with_comma}'", count)]
    planter.note(
        "name-with-comma",
        "separator_inside_a_known_name",
        table,
        expected,
        "De Vlonder, nachtopvang",
    )


def _list_fallen(planter: Planter, rows: list[int]) -> list[Entry]:
    """The closures of the same rows, and everything below the trajectories."""
    table = planter.tables["trajecten"]
    fallen = list_fallen(planter, "trajectory", {table.get(row, "trajectory_id") for row in rows})
    return [*fallen, quarantined(table, rows, "parent_quarantined", kind="closure")]


def _list_children(planter: Planter, row: int) -> dict[str, list[int]]:
    """The rows of other exports that are looked up by dossier and start of a trajectory."""
    table = planter.tables["trajecten"]
    wanted = (table.get(row, "client_id"), f"{table.get(row, 'start_date')} 00:00:00")
    found = {}
    for export in LOOKED_UP:
        child = planter.tables[export]
        found[export] = list(
            child.find(
                lambda cell: (cell("trajectory.client_id"), cell("trajectory.start_date")) == wanted
            )
        )
    return {export: rows for export, rows in found.items() if rows}


def _plant_missing_dossiers(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    rows = _pick_trajectories(planter)[:3]
    orphans: dict[str, list[int]] = {}
    for row in rows:
        for export, children in _list_children(planter, row).items():
            orphans.setdefault(export, []).extend(children)
            for child in children:
                planter.tables[export].set(child, "trajectory.client_id", None)
        table.set(row, "client_id", None)
    expected = [warned(table, rows, "trajectory_without_client")]
    for export, children in orphans.items():
        expected.append(quarantined(planter.tables[export], children, "parent_not_found"))
    planter.note("no-dossier", "trajectory_without_client", table, expected)


def _plant_coaches(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    rows = _pick_trajectories(planter)[3:5]
    for row in rows:
        table.set(row, "worker_id", f"  {table.get(row, 'worker_id').upper()} ")
    nobody = sum(record["worker_id"] is None for record in planter.world["trajectory"])
    expected = [staged("trajectory", "worker_id is null", nobody)]
    shouted = table.get(rows[0], "worker_id").strip()
    planter.note("shouted-name", "worker_name_in_capitals", table, expected, shouted)
    row = pick_rows(table, 1, lambda cell: cell("team_id") == "Het Getij")[0]
    table.set(row, "trajectory_id", str(table.get(row, "trajectory_id")))
    day = table.get(row, "start_date")
    same = sum(record["start_date"] == day for record in planter.world["trajectory"])
    expected = [staged("trajectory", f"start_date = date '{day}'", same)]
    planter.note("number-text", "number_stored_as_text", table, expected)


def _plant_contacts(planter: Planter) -> None:
    table = planter.tables["contactmomenten"]
    day = table.get(0, "contact_date")
    same = sum(f"{record['contact_date']} 00:00:00" == day for record in planter.world["contact"])
    expected = [staged("contact", f"contact_date = date '{day[:10]}'", same, fallen=same - 1)]
    planter.note("date-times", "date_time_as_text", table, expected, day)
    joined = "herstel ondersteunen, evalueren"
    for row in list(table.find(lambda cell: cell("basic_task") == "herstel ondersteunen"))[::6]:
        table.set(row, "basic_task", joined)
    several = list(table.find(lambda cell: cell("basic_task") is None))[::40]
    for row in several:
        table.set(row, "basic_task", "afronden, evalueren")
    closing = sum(record["basic_task"] == "BT7" for record in planter.world["contact"])
    expected = [staged("contact", "basic_task = 'BT7'", closing + len(several), fallen=40)]
    planter.note("joined-tasks", "joined_multi_values", table, expected, joined)
    none = sum(record["contact_count"] == 0 for record in planter.world["contact"])
    expected = [staged("contact", "contact_count = 0", none, fallen=5)]
    planter.note("count-zero", "contact_count_zero", table, expected)
    twin = planter.add_row("contactmomenten", after=len(table.rows) - 1)
    expected = [
        reported("contact", "superseded", 0),
        reported("contact", "rows_read", len(table.rows)),
    ]
    planter.note("equal-rows", "two_equal_rows", table, expected)
    story = "Zij wil in het voorjaar weer gaan zwemmen met haar dochter."
    table.set(twin, "Verslag", story)
    planter.note("free-text", "free_text_column", table, [found_nowhere(story)], story)


def _plant_ambiguous_parent(planter: Planter) -> None:
    """Two trajectories of one dossier on one day: their contacts could belong to either."""
    table = planter.tables["trajecten"]
    is_open = lambda cell: isinstance(cell("trajectory_id"), int) and not cell("end_date")  # noqa: E731
    row = list(table.find(is_open))[-5]  # began late, so that few rows hang on it
    expected = [
        quarantined(planter.tables[export], children, "parent_ambiguous")
        for export, children in _list_children(planter, row).items()
    ]
    planter.add_row("trajecten", after=row, trajectory_id=8999, programme="Dagbesteding")
    planter.note("twin-trajectory", "parent_ambiguous", table, expected, "8999")


def _plant_not_discussed(planter: Planter) -> None:
    zrm = planter.tables["zrm"]
    rows = pick_rows(zrm, 4, lambda cell: cell("moment") == "T1")
    for row in rows:
        zrm.set(row, "score", 99)
    expected = [
        quarantined(zrm, rows, "missing_required", "Niveau"),
        staged("outcome_measurement", "score > 72", 0),
    ]
    planter.note("not-discussed", "sentinel_99", zrm, expected)
