"""What an earlier release published stays or differs enough; small worlds, two releases each."""

import json

import pytest

from pipelines.deliveries.journal import RELEASE, append_event
from pipelines.errors import PublicationRefusedError
from pipelines.protection import protected_folder
from pipelines.protection.keeping import KEPT_TABLES
from pipelines.protection.registry import find_registry, registry_folder
from pipelines.protection.snapshot import remove_old_registries, write_registry
from pipelines.warehouse import open_warehouse
from tests.protection.test_suppression import World, is_empty


class Releases(World):
    """A world that publishes more than once."""

    def release(self, *figures: dict, table="indicator_scores"):
        """Publishes these figures and no others; the rows of a protected table."""
        for name in ("results.indicator_scores", "score.indicator_population",
                     "results.record_profile", "results.requirement_results"):  # fmt: skip
            self.warehouse.execute(f"delete from {name}")
        for figure in figures:
            self.add(**figure)
        rows = self.protect(table)
        self.keep()
        return rows

    def keep(self) -> str:
        """What publication does when the pages are ready."""
        name = write_registry(self.run)
        append_event(self.run.journal, {"event": RELEASE, "release": "r", "registry": name})
        return name

    def make_provisional(self):
        self.warehouse.execute("update results.indicator_scores set is_provisional = true")


@pytest.fixture
def world(tmp_path):
    return Releases(tmp_path)


def test_closed_figure_that_changes_by_a_few_stays_as_it_was_published(world):
    world.release({"clients": 40, "counted": 40})
    (row,) = world.release({"clients": 43, "counted": 43})
    assert (row["units_counted"], row["denominator"], row["status"]) == (40, 40, "scored")
    assert row["is_kept"]
    assert not row["is_suppressed"]


@pytest.mark.parametrize("now", [30, 50, 0])
def test_closed_figure_that_changes_by_the_smallest_group_is_told_anew(world, now):
    world.release({"clients": 40, "counted": 40})
    status = "scored" if now else "no_data"
    (row,) = world.release({"clients": now, "counted": now, "status": status})
    assert (row["units_counted"], row["is_kept"]) == (now, False)


def test_closed_figure_with_the_same_n_is_told_with_its_corrected_value(world):
    world.release({"counted": 40})
    world.warehouse.execute("update results.indicator_scores set value = 0.8")
    (row,) = world.protect()
    assert (row["value"], row["is_kept"]) == (0.8, False)


def test_many_small_steps_are_held_against_what_was_published_and_not_against_the_last_count(world):
    told = []
    for count in (40, 43, 46, 49, 52, 55):
        (row,) = world.release({"clients": count, "counted": count})
        told.append(row["units_counted"])
    assert told == [40, 40, 40, 40, 52, 52]


def test_figure_that_comes_back_near_a_count_of_long_ago_is_not_told_anew(world):
    told = []
    for count in (40, 60, 41, 50, 60, 40):
        (row,) = world.release({"clients": count, "counted": count})
        told.append(row["units_counted"])
    assert told == [40, 60, 60, 50, 60, 40]


def test_suppressed_figure_of_a_closed_period_stays_so_when_a_few_are_added(world):
    world.release({"clients": 8, "counted": 8})
    (row,) = world.release({"clients": 12, "counted": 12})
    assert row["is_suppressed"]
    assert is_empty(row["units_counted"])
    (row,) = world.release({"clients": 30, "counted": 30})
    assert row["units_counted"] == 30


def test_period_that_is_not_over_grows_by_one_and_does_not_shrink_by_one(world):
    told = []
    for count in (40, 41, 40, 45):
        world.release()
        world.add(clients=count, counted=count)
        world.make_provisional()
        (row,) = world.protect()
        told.append((row["units_counted"], row["is_kept"]))
        world.keep()
    assert told == [(40, False), (41, False), (41, True), (45, False)]


def test_organisation_that_asks_for_larger_groups_keeps_what_it_published(world):
    world.release({"clients": 15, "counted": 15})
    world.warehouse.execute("update staged.organisation set disclosure_threshold = 20")
    rows = world.release({"clients": 15, "counted": 15}, {"indicator": "AP-1", "clients": 15})
    shown = {row["indicator_id"]: not row["is_suppressed"] for row in rows}
    assert shown == {"KI-1": True, "AP-1": False}


def test_team_that_is_gone_and_comes_back_is_held_against_what_was_told_of_it(world):
    world.release({"clients": 40, "counted": 40})
    assert world.release() == []
    (row,) = world.release({"clients": 43, "counted": 43})
    assert (row["units_counted"], row["is_kept"]) == (40, True)


def test_new_version_of_an_indicator_is_a_new_figure_and_the_old_one_stays_registered(world):
    world.release({"clients": 40, "counted": 40})
    (row,) = world.release({"clients": 43, "counted": 43, "version": 2})
    assert (row["units_counted"], row["is_kept"]) == (43, False)
    (row,) = world.release({"clients": 41, "counted": 41})
    assert (row["units_counted"], row["is_kept"]) == (40, True)


def test_profile_and_requirement_that_rest_on_a_kept_figure_stay_with_it(world):
    def publish(count, score, value):
        world.release()
        world.add(clients=count, counted=count)
        world.add_profile("total")
        world.add_requirement("Q-01", value=value)
        world.warehouse.execute(f"update results.record_profile set score = {score}")
        world.protect()
        world.keep()
        return [
            world.warehouse.fetch_all(f"select {column}, is_kept from protected.{table}")
            for table, column in (("record_profile", "score"), ("requirement_results", "value"))
        ]

    assert publish(40, 3.9, 0.95) == [[(3.9, False)], [(0.95, False)]]
    assert publish(42, 3.1, 0.88) == [[(3.9, True)], [(0.95, True)]]
    assert publish(60, 3.1, 0.88) == [[(3.1, False)], [(0.88, False)]]


def test_reasons_of_exclusion_go_with_the_figure_that_stays(world):
    for extra in (0, 3):
        world.release()
        world.warehouse.execute("delete from score.excluded_unit")
        key = world.add(clients=40 + extra, counted=40 + extra, excluded=22 + extra)
        world.add_excluded(key, "trajectory", "not_yet_due", 22 + extra)
        rows = world.protect("indicator_exclusions")
        world.keep()
    assert [(row["units"], row["is_kept"]) for row in rows] == [(22, True)]


def test_same_figures_after_the_same_release_give_the_same_bytes(world):
    world.release({"clients": 40, "counted": 40}, {"indicator": "AP-1", "clients": 8})
    contents, names = [], []
    for _ in range(2):
        world.release({"clients": 43, "counted": 43}, {"indicator": "AP-1", "clients": 8})
        folder = protected_folder(world.run)
        contents.append({name: (folder / f"{name}.parquet").read_bytes() for name in KEPT_TABLES})
        names.append(write_registry(world.run))
    assert contents[0] == contents[1]
    assert names[0] == names[1]


def test_register_knows_counts_and_published_rows_and_no_unit(world):
    key = world.add(clients=40, counted=40, excluded=12)
    world.add_excluded(key, "trajectory", "pseudonym-", 12)
    world.protect()
    folder = registry_folder(world.run) / world.keep()
    told = {}
    with open_warehouse() as reader:
        for path in sorted(folder.iterdir()):
            rows = reader.fetch_all("select * from read_parquet(?)", [str(path)])
            told[path.stem] = json.dumps(rows, default=str)
    assert told.keys() == {"counts", *KEPT_TABLES}
    assert key in told["counts"]
    assert not any("pseudonym-1" in text for text in told.values())


@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_nothing_is_published_when_what_was_published_before_is_not_known(world, damage):
    world.release({"counted": 40})
    folder = find_registry(world.run)
    if damage == "missing":
        folder.rename(folder.with_name("elsewhere"))
    else:
        (folder / "counts.parquet").write_bytes(b"")
    with pytest.raises(PublicationRefusedError, match="register of what was published before"):
        world.protect()


def test_two_registers_are_kept_that_of_now_and_the_one_before(world):
    names = []
    for count in (40, 60, 80):
        world.release({"clients": count, "counted": count})
        names.append(find_registry(world.run).name)
    remove_old_registries(world.run, 2)
    assert {path.name for path in registry_folder(world.run).iterdir()} == set(names[1:])
