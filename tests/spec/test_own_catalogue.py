"""An organisation scored by its own catalogue, beside one that uses the shipped rules."""

import pytest

from tests.spec.scenario import Scored, score_scenario

# Ten evaluations in each organisation: the client was at six of them, somebody else at three.
WORLD = (
    """
    organisation
    organisation_id | known_until
    own             | 2024-12-31
    other           | 2024-12-31

    team
    organisation_id | team_id | start_date
    own             | team    | 2020-01-01
    other           | team    | 2020-01-01

    trajectory
    organisation_id | trajectory_id | start_date
    own             | t             | 2023-01-01
    other           | t             | 2023-01-01
    """
    + "\n\nevaluation\norganisation_id | evaluation_id | trajectory_id | kind | held_date"
    " | client_present | network_present\n"
    + "\n".join(
        f"{organisation} | e{n} | t | interim | 2024-02-{n + 1:02}"
        f" | {str(n < 6).lower()} | {str(n < 3).lower()}"
        for organisation in ("own", "other")
        for n in range(10)
    )
)
FILES = {
    # 6 of 10 is a score of 3 by the shipped anchors (.37 to .64) and of 4 by these
    "anchors/half.yaml": """
anchors: half
version: 1
source: own
steps:
  - {score: 1, upper: '0.50'}
  - {score: 4, lower: '0.50', upper: '0.61'}
  - {score: 5, lower: '0.61'}
""",
    "indicators/EV-2.yaml": "id: EV-2\nversion: 2\nanchors: half\nkeep_shipped: true\nsource: own",
    "indicators/EIGEN.yaml": """
id: EIGEN
version: 1
name: {nl: netwerk, en: network}
rule_text: {nl: netwerk, en: network}
subscale: practice
fit: E
shape: share
rule: {answer: evaluation.network_present, accepted: ['true']}
deciding_kind: evaluation
anchors: half
unit_label: {nl: evaluaties, en: evaluations}
source: own
""",
    "bands/profile.yaml": """
version: 2
source: own
steps:
  - {band: high, lower: '2.50', label: {nl: a, en: a}}
  - {band: low, label: {nl: b, en: b}}
""",
    "requirements/Q-03.yaml": "id: Q-03\nversion: 2\nnorm: '0.20'\nsource: own",
}
Q1 = "2024-Q1"


@pytest.fixture(scope="module")
def scored() -> Scored:
    return score_scenario(WORLD, overlays={"own": FILES})


def test_both_versions_are_scored_and_each_key_ends_in_its_version(scored: Scored):
    assert set(scored.list_keys("EV-2", Q1)) == {
        "EV-2|other||2024-Q1|v1",
        "EV-2|other|team|2024-Q1|v1",
        "EV-2|own||2024-Q1|v1",
        "EV-2|own||2024-Q1|v2",
        "EV-2|own|team|2024-Q1|v1",
        "EV-2|own|team|2024-Q1|v2",
    }


def test_the_same_value_has_the_score_of_each_version_with_its_origin(scored: Scored):
    rows = scored.warehouse.fetch_all(
        "select indicator_version, value, score, provenance from results.indicator_scores"
        " where indicator_id = 'EV-2' and period = '2024-Q1' and organisation_id = 'own'"
        " and team_id = 'team' order by 1"
    )
    assert rows == [(1, 0.6, 3.0, "default"), (2, 0.6, 4.0, "organisation")]


def test_units_stand_behind_both_keys(scored: Scored):
    counted = scored.warehouse.fetch_all(
        "select score_key, count(*) from results.indicator_units"
        " where score_key like 'EV-2|own|team|2024-Q1|%' group by 1 order by 1"
    )
    assert counted == [("EV-2|own|team|2024-Q1|v1", 10), ("EV-2|own|team|2024-Q1|v2", 10)]


def test_all_together_leave_out_what_one_organisation_changed_or_added(scored: Scored):
    assert scored.score("EV-2", Q1, None, None) is None
    assert scored.score("EIGEN", Q1, None, None) is None
    assert scored.score("EV-1", Q1, None, None)["organisations_counted"] is not None
    units = scored.warehouse.fetch_all(
        "select distinct indicator_id from score.indicator_unit where level = 'all'"
    )
    assert {("EV-2",), ("EIGEN",)}.isdisjoint(units)


def test_an_added_indicator_exists_for_its_organisation_only(scored: Scored):
    keys = {"EIGEN|own||2024-Q1|v1", "EIGEN|own|team|2024-Q1|v1"}
    assert set(scored.list_keys("EIGEN", Q1)) == keys
    assert scored.score("EIGEN", Q1, "team", "own")["score"] == 1


def test_the_profile_has_the_own_version_once_and_the_added_indicator(scored: Scored):
    own, other = (scored.part("total", Q1, "team", name) for name in ("own", "other"))
    assert own["indicators_applicable"] == other["indicators_applicable"] + 1
    assert own["indicators_scored"] == other["indicators_scored"] + 1


def test_bands_are_those_of_the_organisation(scored: Scored):
    # part C holds EV-2 only: 4 is "high" from 2.50 on, 3 is "moderate" as shipped
    own, other = (scored.part("C", Q1, "team", name) for name in ("own", "other"))
    assert (own["status"], own["score"], own["band"]) == ("single_indicator", 4, "high")
    assert (other["status"], other["score"], other["band"]) == ("single_indicator", 3, "moderate")


def test_a_norm_is_that_of_the_organisation(scored: Scored):
    rows = scored.warehouse.fetch_all(
        "select distinct organisation_id, norm from results.requirement_results"
        " where requirement_id = 'Q-03' order by 1"
    )
    assert rows == [("other", 0.9), ("own", 0.2)]
