"""The record profile: which indicators take part, when a part is shown, its bounds and its band."""

import pytest

from tests.spec.scenario import score_scenario

PLACES = range(1, 6)
OWN = dict(zip(PLACES, ("yes", "yes", "no", "no", "no"), strict=True))


def write_rows(kind: str, header: str, row: str) -> str:
    """One row per trajectory 1 to 5: ``{n}`` is its number, ``{own}`` an answer."""
    return "\n".join([kind, header, *(row.format(n=n, own=OWN[n]) for n in PLACES)])


# An older trajectory opens the registration, so that the five of 2024 are judged from their start.
OLD = """
trajectory
trajectory_id | start_date | end_date
old           | 2023-01-01 | 2023-06-01

strengths_assessment
assessment_id | trajectory_id | assessment_date
k-old         | old           | 2023-01-05
"""
OLD_PLAN = """
action_plan
plan_id | trajectory_id | plan_date
p-old   | old           | 2023-01-05
"""
TRAJECTORIES = write_rows("trajectory", "trajectory_id | start_date", "t{n} | 2024-01-01")
ASSESSMENTS = "\n\n".join(
    (
        write_rows(
            "strengths_assessment",
            "assessment_id | trajectory_id | assessment_date | own_words",
            "early{n} | t{n} | 2024-02-01 | {own}",
        ),
        write_rows(
            "strengths_assessment",
            "assessment_id | trajectory_id | assessment_date | own_words",
            "late{n} | t{n} | 2024-10-01 | no",
        ),
    )
)


@pytest.fixture(scope="module")
def scored():
    return score_scenario(OLD, TRAJECTORIES, ASSESSMENTS)


def test_missing_is_applicable_and_not_scored_whatever_the_status(scored):
    # First quarter: KI-1 5 of 5 = 5, KI-4 2 of 5 = .40 = 3, KI-3 all too young: missing.
    part = scored.part("practice", "2024-Q1")
    assert (part["indicators_scored"], part["indicators_applicable"]) == (2, 3)
    assert part["status"] == "too_incomplete"  # 2 of 3 is under 4/5
    assert (part["score"], part["band"]) == (None, None)
    assert (part["lowest"], part["highest"]) == ((5 + 3 + 1) / 3, (5 + 3 + 5) / 3)


def test_a_part_is_shown_with_the_mean_of_its_scores(scored):
    # Year: KI-1 5 of 5 = 5, KI-3 5 of 5 = 5, KI-4 2 of 10 = .20 = 2; KI-2 has no domains
    for part in ("practice", "C", "total"):
        row = scored.part(part, "2024")
        assert (row["status"], row["score"], row["band"]) == ("shown", 4, "high")
        assert (row["lowest"], row["highest"]) == (4, 4)
    for part in ("structure", "supervision", "M", "W"):
        row = scored.part(part, "2024")
        assert (row["status"], row["indicators_applicable"]) == ("no_data", 0)
        assert (row["score"], row["lowest"], row["highest"]) == (None, None, None)


def test_a_part_with_one_indicator_is_named_as_that_indicator():
    contacts = write_rows(
        "contact",
        "contact_id | trajectory_id | contact_date | place",
        "c{n} | t{n} | 2024-02-01 | home",
    )
    scored = score_scenario(TRAJECTORIES, contacts)
    part = scored.part("E", "2024-Q1")
    assert (part["status"], part["score"], part["band"]) == ("single_indicator", 5, "high")
    assert scored.part("total", "2024-Q1")["status"] == "single_indicator"


def test_the_total_waits_for_every_subscale_with_two_or_more_indicators():
    # Structure: one held review a week gives ST-4 and ST-5 (2 applicable); no attendance expected
    # in the only review: ST-5 has denominator 0, so structure is 1 of 2.
    reviews = (
        "team_review\nreview_id | planned_date | held_date | status | expected_count\n"
        + "\n".join(
            f"r{n} | 2024-{1 + n // 4:02}-{1 + 7 * (n % 4):02} | "
            f"2024-{1 + n // 4:02}-{1 + 7 * (n % 4):02} | held | 0"
            for n in range(48)
        )
    )
    scored = score_scenario(OLD, TRAJECTORIES, ASSESSMENTS, reviews)
    structure, total = scored.part("structure", "2024"), scored.part("total", "2024")
    assert (structure["indicators_scored"], structure["indicators_applicable"]) == (1, 2)
    assert structure["status"] == "too_incomplete"
    assert (total["indicators_scored"], total["indicators_applicable"]) == (4, 5)  # its own 4/5
    assert (total["status"], total["score"]) == ("too_incomplete", None)
    assert scored.part("practice", "2024")["status"] == "shown"


def test_the_band_is_empty_of_meaning_when_the_bounds_lie_in_two():
    # 4 of 5 scored: KI-1 5, KI-3 5, KI-4 2, AP-1 5 and KI-2 missing (1 domain row of 5)
    plans = write_rows(
        "action_plan", "plan_id | trajectory_id | plan_date", "p{n} | t{n} | 2024-01-20"
    )
    domains = (
        "strengths_assessment_domain\nassessment_id | life_domain | filled\nearly1 | L01 | true"
    )
    scored = score_scenario(OLD, TRAJECTORIES, ASSESSMENTS, OLD_PLAN, plans, domains)
    part = scored.part("practice", "2024")
    assert (part["indicators_scored"], part["indicators_applicable"]) == (4, 5)
    assert (part["status"], part["score"]) == ("shown", 17 / 4)
    assert (part["lowest"], part["highest"]) == (18 / 5, 22 / 5)
    assert part["band"] == "not_determined"


def test_a_band_limit_is_hit_exactly_with_thirds():
    # KI-5: five documents rated 3, 3, 4 = 10/3; AP-6: five rated 3, 4, 4 = 11/3.
    # KI-1 5 + KI-3 5 + KI-4 2 + AP-1 5 + 10/3 + 11/3 = 24; 24 / 6 = 4 exactly: high
    plans = write_rows(
        "action_plan", "plan_id | trajectory_id | plan_date", "p{n} | t{n} | 2024-01-20"
    )
    header = "rating_id | subject | subject_id | score | rated_date"
    ratings = [
        write_rows("quality_rating", header, f"{subject}{place}{{n}} | {subject} | {document}{{n}}"
                   f" | {score} | 2024-03-01")
        for subject, document, scores in (
            ("strengths_assessment", "early", (3, 3, 4)),
            ("action_plan", "p", (3, 4, 4)),
        )
        for place, score in enumerate(scores)
    ]  # fmt: skip
    scored = score_scenario(OLD, TRAJECTORIES, ASSESSMENTS, OLD_PLAN, plans, *ratings)
    assert scored.score("KI-5", "2024")["value"] == 10 / 3
    assert scored.score("AP-6", "2024")["value"] == 11 / 3
    part = scored.part("practice", "2024")
    assert (part["score"], part["lowest"], part["band"]) == (4, 4, "high")


def test_small_groups_of_workers_have_no_say_in_the_profile():
    workers = "worker\nworker_id | start_date\nw1 | 2020-01-01\nw2 | 2020-01-01\nw3 | {start}"
    training = "training\nworker_id\nw1"
    two = score_scenario(TRAJECTORIES, workers.format(start="2024-04-01"), training)
    assert two.part("structure", "2024-Q1")["indicators_applicable"] == 0  # two in service
    assert two.part("structure", "2024-Q2")["indicators_applicable"] == 2  # ST-1 and ST-2
    # The third is too young for the training until 1 April + 183 = 1 October.
    assert two.part("supervision", "2024-Q3")["indicators_applicable"] == 0
    assert two.part("supervision", "2024-Q4")["indicators_applicable"] == 1
