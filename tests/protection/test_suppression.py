"""What may be shown: small worlds of one or two figures with visible arithmetic."""

from datetime import date

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.protection import EXPORTED_TABLES, STEPS, protected_folder
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.reports.synthetic import create_result_tables, insert

NUMBERS = ("numerator", "denominator", "value", "score", "ci_low", "ci_high", "units_counted",
           "units_excluded", "organisations_counted")  # fmt: skip


class World:
    """One organisation with one team and a handful of figures for the year 2025."""

    def __init__(self, home, disclosure_threshold=None):
        self.run = Run(home / "inbox", home, home / "key", load_catalogue())
        self.warehouse = open_warehouse()
        create_result_tables(self.warehouse, self.run.catalogue)
        insert(self.warehouse, "staged.run", [(date(2025, 12, 31),)])
        insert(
            self.warehouse,
            "staged.organisation",
            [("org", "Org", "canonical", None, date(2025, 12, 31), disclosure_threshold)],
        )

    def add(self, indicator="KI-1", level="team", clients=40, workers=8, counted=40, excluded=0,
            status="scored", organisations=None, population=True, version=1):  # fmt: skip
        organisation = None if level == "all" else "org"
        team = "t1" if level == "team" else None
        key = f"{indicator}|{organisation or ''}|{team or ''}|2025|v{version}"
        insert(
            self.warehouse,
            "results.indicator_scores",
            [(level, organisation, team, "2025", indicator, version, counted * 0.75, counted, 0.75,
              4.0, 0.6, 0.86, counted, excluded, organisations, status, False, "default", key)],
        )  # fmt: skip
        if population:
            insert(self.warehouse, "score.indicator_population", [(key, clients, workers)])
        return key

    def add_profile(self, part, level="team"):
        team = "t1" if level == "team" else None
        insert(
            self.warehouse,
            "results.record_profile",
            [(level, "org", team, "2025", part, 3.9, 3.8, 4.0, "not_determined", 23, 24, "shown")],
        )

    def add_requirement(self, requirement, status="met", value=0.95, reason="meets_norm"):
        insert(
            self.warehouse,
            "results.requirement_results",
            [("org", "t1", "2025", requirement, value, 0.9, status, reason)],
        )

    def add_excluded(self, key, kind, reason, number):
        insert(
            self.warehouse,
            "score.excluded_unit",
            [(key, kind, f"{reason}{i}", reason) for i in range(number)],
        )

    def protect(self, table="indicator_scores"):
        build_all((*CATALOGUE_STEPS, *STEPS), self.warehouse, self.run)
        return self.warehouse.fetch_frame(f"select * from protected.{table}").to_dict("records")


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def is_empty(value) -> bool:
    return value is None or value != value


def test_figure_about_nine_clients_loses_every_number_and_says_suppressed(world):
    world.add(clients=9, counted=12)
    (row,) = world.protect()
    assert row["status"] == "suppressed"
    assert row["is_suppressed"]
    assert all(is_empty(row[name]) for name in NUMBERS)


def test_figure_about_ten_clients_is_shown_in_full(world):
    world.add(clients=10, counted=12)
    (row,) = world.protect()
    assert row["status"] == "scored"
    assert (row["value"], row["units_counted"], row["score"]) == (0.75, 12, 4.0)


def test_team_of_four_support_workers_is_suppressed_whatever_its_number_of_clients(world):
    world.add(clients=90, counted=90, workers=4)
    (row,) = world.protect()
    assert row["is_suppressed"]


def test_figure_that_does_not_hang_on_trajectories_knows_only_the_worker_rule(world):
    world.add("ST-1", clients=None, workers=5, counted=5)
    (row,) = world.protect()
    assert not row["is_suppressed"]
    assert row["units_counted"] == 5


def test_figure_of_unknown_population_is_suppressed(world):
    world.add(population=False)
    (row,) = world.protect()
    assert row["is_suppressed"]


def test_organisation_may_ask_for_a_higher_threshold(tmp_path):
    world = World(tmp_path, disclosure_threshold=20)
    world.add(clients=19)
    (row,) = world.protect()
    assert row["is_suppressed"]


def test_threshold_never_goes_below_five(tmp_path):
    world = World(tmp_path, disclosure_threshold=2)
    world.add("KI-1", clients=4)
    world.add("AP-1", clients=5)
    by_indicator = {row["indicator_id"]: row["is_suppressed"] for row in world.protect()}
    assert by_indicator == {"KI-1": True, "AP-1": False}


def test_indicator_without_any_unit_keeps_its_status_instead_of_looking_suppressed(world):
    world.add(clients=0, counted=0, excluded=0, status="no_data")
    (row,) = world.protect()
    assert row["status"] == "no_data"


def test_many_units_of_records_never_delivered_stay_no_data(world):
    world.add(clients=0, counted=0, excluded=64, status="no_data")
    (row,) = world.protect()
    assert (row["status"], row["units_excluded"]) == ("no_data", 64)


def test_a_handful_of_excluded_clients_without_counted_ones_is_suppressed(world):
    world.add(clients=0, counted=0, excluded=3, status="no_data")
    (row,) = world.protect()
    assert row["is_suppressed"]


def test_a_handful_of_excluded_clients_is_hidden_beside_a_shown_value(world):
    world.add(counted=40, excluded=3)
    (row,) = world.protect()
    assert row["value"] == 0.75
    assert is_empty(row["units_excluded"])


def test_all_organisations_appear_from_five_organisations_on(world):
    world.add("KI-1", level="all", clients=400, organisations=4)
    world.add("AP-1", level="all", clients=400, organisations=5)
    by_indicator = {row["indicator_id"]: row["is_suppressed"] for row in world.protect()}
    assert by_indicator == {"KI-1": True, "AP-1": False}


def test_part_of_the_profile_is_suppressed_with_its_smallest_scored_indicator(world):
    world.add("KI-1", clients=9)
    world.add("ST-4", clients=None)
    for part in ("total", "practice", "C", "structure", "W"):
        world.add_profile(part)
    shown = {row["part"]: row for row in world.protect("record_profile")}
    assert {part for part, row in shown.items() if row["is_suppressed"]} == {
        "total",
        "practice",
        "C",
    }
    assert shown["structure"]["score"] == 3.9
    for name in ("score", "lowest", "highest", "indicators_scored", "indicators_applicable"):
        assert is_empty(shown["total"][name])
    assert is_empty(shown["total"]["band"])


def test_suppressed_indicator_without_a_score_does_not_hide_the_profile(world):
    world.add("KI-1", clients=4, status="too_few")
    world.add("KI-3", clients=40)
    world.add_profile("total")
    (row,) = world.protect("record_profile")
    assert row["score"] == 3.9


def test_requirement_is_as_protected_as_its_indicator(world):
    world.add("KI-1", clients=9)
    world.add("AP-1", clients=30)
    world.add_requirement("Q-01")
    world.add_requirement("Q-02")
    rows = {row["requirement_id"]: row for row in world.protect("requirement_results")}
    assert rows["Q-01"]["status"] == rows["Q-01"]["reason"] == "suppressed"
    assert is_empty(rows["Q-01"]["value"])
    assert is_empty(rows["Q-01"]["norm"])
    assert rows["Q-02"]["status"] == "met"


@pytest.mark.parametrize(
    ("clients", "expected"), [(9, "suppressed"), (10, "met"), (None, "suppressed")]
)
def test_early_contact_is_protected_by_its_own_population(world, clients, expected):
    if clients is not None:
        insert(world.warehouse, "score.indicator_population", [("Q-10|org|t1|2025|v1", clients, 8)])
    world.add_requirement("Q-10")
    (row,) = world.protect("requirement_results")
    assert row["status"] == expected


def test_early_contact_that_does_not_apply_says_so_without_a_population(world):
    world.add_requirement("Q-10", status="not_applicable", value=None, reason="no_cti_limit")
    (row,) = world.protect("requirement_results")
    assert row["status"] == "not_applicable"


def test_exclusion_counts_are_shown_all_or_not_at_all(world):
    large = world.add("KI-1", counted=40, excluded=22)
    world.add_excluded(large, "trajectory", "not_yet_due", 12)
    world.add_excluded(large, "trajectory", "ended_before_limit", 10)
    small = world.add("AP-1", counted=40, excluded=15)
    world.add_excluded(small, "trajectory", "not_yet_due", 12)
    world.add_excluded(small, "trajectory", "ended_before_limit", 3)
    rows = world.protect("indicator_exclusions")
    units = {(row["indicator_id"], row["exclusion_reason"]): row["units"] for row in rows}
    assert units["KI-1", "not_yet_due"] == 12
    assert units["KI-1", "ended_before_limit"] == 10
    assert is_empty(units["AP-1", "not_yet_due"])
    assert is_empty(units["AP-1", "ended_before_limit"])


def test_excluded_weeks_are_no_persons_and_are_counted(world):
    key = world.add("ST-4", clients=None, counted=48, excluded=2)
    world.add_excluded(key, "block", "team_not_active", 2)
    (row,) = world.protect("indicator_exclusions")
    assert row["units"] == 2


def test_quarantine_is_counted_and_keeps_no_row_number(world):
    insert(
        world.warehouse,
        "results.delivery_report",
        [("org", "a.csv", "d1", "contact", date(2025, 12, 31), 9, 6, 0, 3, 0, 0, None, 0, None)],
    )
    insert(
        world.warehouse,
        "results.quarantine",
        [("org", "d1", "contact", n, "contact_date", "not_a_date") for n in (4, 5, 8)],
    )
    (row,) = world.protect("quarantine")
    assert "row_number" not in row
    assert (row["file"], row["rows_quarantined"]) == ("a.csv", 3)


def test_the_same_tables_give_the_same_bytes(tmp_path):
    contents = []
    for name in ("first", "second"):
        world = World(tmp_path / name)
        for indicator in ("KI-1", "AP-1", "ST-4") if name == "first" else ("ST-4", "KI-1", "AP-1"):
            world.add(indicator, clients=None if indicator == "ST-4" else 30)
        world.protect()
        folder = protected_folder(world.run)
        contents.append({t: (folder / f"{t}.parquet").read_bytes() for t in EXPORTED_TABLES})
    assert contents[0] == contents[1]


def test_steps_read_only_tables_that_are_built_before():
    built = set()
    for step in STEPS:
        own = {table for table in step.reads if table.startswith("protected.")}
        assert own <= built, step.table
        built.add(step.table)
