"""What pages may know of audits and of the units behind a number."""

from datetime import date

import pytest

from pipelines.audits import STEPS as AUDIT_STEPS
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.warehouse.steps import build_all
from tests.protection.test_suppression import World, is_empty
from tests.reports.synthetic import insert


class AuditWorld(World):
    """The world of one team, with audits of it."""

    def add_workers(self, number, start=date(2024, 1, 1), end=None):
        insert(
            self.warehouse,
            "fact.worker_row",
            [("org", f"w{start}{i}", "t1", start, end) for i in range(number)],
        )

    def add_audit(self, audit="A1", day=date(2025, 3, 1), rating=3, assessors=("ann", "bob")):
        insert(
            self.warehouse,
            "fact.audit",
            [("org", "t1", audit, day, "extra", "sm-kansas-2009", "2009", 2, False)],
        )
        items = self.run.catalogue.audit_instruments["sm-kansas-2009"].items
        for item in items:
            for assessor in assessors:
                self.warehouse.execute(
                    "insert into staged.audit_rating (organisation_id, audit_id, assessor_id, "
                    "item_id, evidence_source, is_consensus, score) "
                    "values ('org', ?, ?, ?, 'overall', false, ?)",
                    [audit, assessor, item, rating],
                )

    def recommend(self, owner, audit="A1"):
        self.warehouse.execute(
            "insert into staged.audit_recommendation (organisation_id, audit_id, item_id, "
            "recommendation_code, priority, owner_role, status) "
            "values ('org', ?, 'SM01', ?, 1, ?, 'open')",
            [audit, owner or "none", owner],
        )

    def protect(self, table="audit_scores"):
        build_all((*CATALOGUE_STEPS, *AUDIT_STEPS), self.warehouse, self.run)
        return super().protect(table)


@pytest.fixture
def world(tmp_path):
    return AuditWorld(tmp_path)


def test_audit_of_five_support_workers_is_shown(world):
    world.add_workers(5)
    world.add_audit()
    total = next(row for row in world.protect() if row["part"] == "total")
    assert (total["score"], total["raters"], total["status"]) == (3.0, 2, "shown")


def test_audit_of_four_support_workers_loses_every_number(world):
    world.add_workers(4)
    world.add_audit()
    for row in world.protect():
        assert row["status"] == "suppressed"
        assert all(
            is_empty(row[name])
            for name in ("score", "lowest", "highest", "band", "raters", "score_change")
        )
    for table in ("audit_rating", "audit_recommendation", "triangulation"):
        assert world.protect(table) == []


def test_workers_count_on_the_day_of_the_audit_only(world):
    world.add_workers(4)
    world.add_workers(3, start=date(2025, 4, 1))
    world.add_workers(3, start=date(2023, 1, 1), end=date(2025, 2, 28))
    world.add_audit(day=date(2025, 3, 1))
    assert {row["status"] for row in world.protect()} == {"suppressed"}


def test_change_is_hidden_when_the_round_before_is(world):
    world.add_workers(4)
    world.add_workers(2, start=date(2025, 6, 1))
    world.add_audit("A1", date(2025, 3, 1), 3)
    world.add_audit("A2", date(2025, 9, 1), 4)
    rows = {(row["audit_id"], row["part"]): row for row in world.protect()}
    assert rows["A2", "total"]["score"] == 4.0
    assert is_empty(rows["A2", "total"]["score_change"])
    assert is_empty(rows["A2", "total"]["previous_score"])


def test_assessor_is_a_number_within_one_audit(world):
    world.add_workers(6)
    world.add_audit("A1", date(2025, 3, 1), assessors=("ann", "bob"))
    world.add_audit("A2", date(2025, 9, 1), assessors=("bob", "zoe"))
    rows = world.protect("audit_rating")
    assert {row["assessor_number"] for row in rows} == {1, 2}
    assert "assessor_id" not in rows[0]


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        ("teamleider", "team_leader"),
        (" Manager ", "manager"),
        ("Jan Jansen", "other"),
        (None, None),
    ],
)
def test_owner_is_a_known_role_or_other(world, owner, code):
    world.add_workers(6)
    world.add_audit()
    world.recommend(owner)
    (row,) = world.protect("audit_recommendation")
    assert row["owner_role_code"] == code or (code is None and is_empty(row["owner_role_code"]))
    assert "owner_role" not in row


def test_reason_of_a_shown_score_has_counts_and_the_next_anchor(world):
    world.add(clients=40, workers=8, counted=40)
    (row,) = world.protect("score_reason")
    assert (row["counted"], row["met"], row["not_met"]) == (40, 30, 10)
    # .75 of 40 is score 4; .90 of 40 is 36: six more
    assert (row["next_limit_exact"], row["next_amount_exact"]) == ("9/10", "6")
    assert row["fewest_units"] == 6


def test_reason_of_a_suppressed_score_has_no_number(world):
    world.add(clients=9, workers=8, counted=12)
    (row,) = world.protect("score_reason")
    assert row["is_suppressed"]
    told = {"level", "organisation_id", "team_id", "period", "indicator_id", "score_key", "shape",
            "is_suppressed", "is_kept"}  # fmt: skip
    assert all(is_empty(value) for name, value in row.items() if name not in told)


def test_what_is_not_recorded_is_untold_where_the_counts_of_excluded_units_are(world):
    key = world.add(clients=40, workers=8, counted=40, excluded=3)
    world.add_excluded(key, "trajectory", "not_recorded", 3)
    (row,) = world.protect("score_reason")
    assert is_empty(row["not_recorded_weight"])
    assert is_empty(row["to_record"])
    assert row["met"] == 30


def test_number_of_workers_that_a_step_takes_is_never_told(world):
    world.add("ST-1", clients=None, workers=8, counted=8)
    (row,) = world.protect("score_reason")
    assert row["next_amount_exact"] is not None
    assert is_empty(row["fewest_units"])


def test_steps_that_lift_are_told_only_of_a_total_that_is_shown(world):
    world.add("KI-1", clients=40, workers=8)
    world.add_profile("total")
    assert [row["indicator_id"] for row in world.protect("profile_lift")] == ["KI-1"]
    world.add("AP-1", clients=9, workers=8, counted=12)
    assert world.protect("profile_lift") == []


def add_two_years(world, before, after, clients=40):
    """KI-1 of organisation and team in 2024 and 2025, with these values; 40 units each."""
    for year, value in (("2024", before), ("2025", after)):
        for team in ("t1", None):
            key = f"KI-1|org|{team or ''}|{year}|v1"
            level = "team" if team else "organisation"
            insert(
                world.warehouse,
                "results.indicator_scores",
                [(level, "org", team, year, "KI-1", 1, 40 * value, 40, value,
                  4.0 if value >= 0.64 else 3.0, 0.5, 0.9, 40, 0, None, "scored", False,
                  "default", key)],
            )  # fmt: skip
            number = clients if (year, team) == ("2024", "t1") else 40
            insert(world.warehouse, "score.indicator_population", [(key, number, 8)])


def test_change_names_what_moved_and_its_largest_part(world):
    add_two_years(world, 0.5, 0.75)
    rows = {row["team_id"]: row for row in world.protect("change")}
    assert rows["t1"]["indicator_id"] == "KI-1"
    assert (rows["t1"]["score_before"], rows["t1"]["score_after"]) == (3.0, 4.0)
    # every trajectory has its limit in one year: 40 came with 30 met, (30 - .625 x 40) / 40
    assert rows["t1"]["main_part"] in ("came", "left")
    assert rows["t1"]["main_contribution"] == 0.125
    assert rows["t1"]["main_unit_count"] == 40


def test_change_is_silent_when_either_period_is_suppressed(world):
    add_two_years(world, 0.5, 0.75, clients=9)
    assert "t1" not in {row["team_id"] for row in world.protect("change")}


def test_score_that_stayed_is_compared_and_not_told(world):
    add_two_years(world, 0.7, 0.75)
    row = next(row for row in world.protect("change") if row["team_id"] == "t1")
    assert (row["indicators_compared"], row["indicators_moved"]) == (1, 0)
    assert is_empty(row["indicator_id"])
