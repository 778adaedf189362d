"""Two releases of one period: what was kept of the earlier one explains every difference."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from pipelines.errors import UserError
from pipelines.explain.change_text import ChangePhrases
from pipelines.explain.changes import Part
from pipelines.explain.comparing import compare_releases
from pipelines.explain.kept_release import find_release
from pipelines.explain.score_key import read_score_key
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.results import keep_release
from pipelines.results.kept import SCORES, UNITS
from pipelines.run import Run
from pipelines.scoring import STEPS as SCORING_STEPS
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.oracle.load import load_world
from tests.oracle.worlds import make_world
from tests.spec.scenario import Scenario, Scored, score_scenario

# Three assessments in time of four; a correction makes the fourth one timely, and adds a fifth.
FIRST = """
trajectory
trajectory_id | start_date
t0            | 2023-06-01   # the first assessment: silence before it is no neglect
t1            | 2024-01-01
t2            | 2024-01-02
t3            | 2024-01-03
t4            | 2024-01-04

strengths_assessment
assessment_id | trajectory_id | assessment_date
k0            | t0            | 2023-06-01
k1            | t1            | 2024-01-20
k2            | t2            | 2024-01-20
k3            | t3            | 2024-02-14
k4            | t4            | 2024-03-30
"""
CORRECTED = FIRST.replace("2024-03-30", "2024-02-01").replace(
    "t4            | 2024-01-04\n",
    "t4            | 2024-01-04\nt5            | 2024-01-05\n",
)
KEY = "KI-1|org|team|2024-Q1|v1"
OWN_RULE = "id: KI-1\nversion: 2\nsource: own\nrule: {event: contact}\ndeciding_kind: contact"


@pytest.fixture
def keep(tmp_path):
    """Keeps what was scored as a release; returns how it is found back by another warehouse."""

    def keep_as(scored, name: str = "first"):
        run = Run(tmp_path, tmp_path, tmp_path, load_catalogue())
        (run.releases / name).mkdir(parents=True, exist_ok=True)
        keep_release(scored.warehouse, run, name)
        return lambda later: find_release(later.warehouse, tmp_path, name)

    return keep_as


def parts_of(change):
    return {part.part: part.contribution for part in change.split.parts}


def compare(later, find, key=KEY):
    return compare_releases(later.warehouse, read_score_key(key), find(later))


def test_corrected_data_split_unit_by_unit(keep):
    change = compare(score_scenario(CORRECTED), keep(score_scenario(FIRST)))
    # 3/4, then 4/5: m = 31/40, n = 9/2; t4 +1 / n, t5 comes without: -m / n
    assert change.split.difference == Fraction(1, 20)
    assert parts_of(change) == {
        Part.NEWLY_MET: Fraction(2, 9),
        Part.CAME: Fraction(-31, 180),
    }
    assert change.is_rule_bridged


@pytest.mark.parametrize("level", ["KI-1|org||2024-Q1|v1", "KI-1|||2024-Q1|v1", KEY])
def test_every_level_unites_the_units_of_its_teams(keep, level):
    change = compare(score_scenario(CORRECTED), keep(score_scenario(FIRST)), level)
    assert change.split.value_before == Fraction(3, 4)
    assert sum(parts_of(change).values()) == Fraction(1, 20)


def test_another_term_under_the_same_version_is_a_changed_rule(keep):
    later = score_scenario(CORRECTED, settings={"focus_days": 60})
    change = compare(later, keep(score_scenario(FIRST)))
    assert not change.is_rule_bridged
    assert parts_of(change) == {Part.CHANGED_RULE: change.split.difference}
    text = ChangePhrases(change, load_catalogue(), load_words("nl")).write_sentence()
    assert "een andere regel" in text


def overlaid(*lines: str):
    contacts = """
contact
contact_id | trajectory_id | contact_date
c0         | t0            | 2023-06-01
c1         | t1            | 2024-01-02
"""
    files = {"indicators/KI-1.yaml": "\n".join((OWN_RULE, *lines))}
    return score_scenario(CORRECTED, contacts, overlays={"org": files})


def test_a_version_that_is_still_scored_tells_the_rule_from_the_units(keep):
    later = overlaid("keep_shipped: true")
    change = compare(later, keep(score_scenario(FIRST)), KEY.replace("v1", "v2"))
    # by the shipped rule 3/4 then and 4/5 now; by the own rule one of five had a contact
    assert change.is_rule_bridged
    assert parts_of(change) == {
        Part.NEWLY_MET: Fraction(2, 9),
        Part.CAME: Fraction(-31, 180),
        Part.CHANGED_RULE: Fraction(1, 5) - Fraction(4, 5),
    }
    assert sum(parts_of(change).values()) == change.split.difference


def test_a_version_that_is_not_scored_any_more_is_not_split_further(keep):
    change = compare(overlaid(), keep(score_scenario(FIRST)), KEY.replace("v1", "v2"))
    assert list(parts_of(change)) == [Part.CHANGED_RULE]
    assert not change.is_rule_bridged


def test_a_client_who_was_removed_since_is_a_part_of_its_own(keep):
    first = score_scenario(FIRST)
    find = keep(first)
    later = score_scenario(CORRECTED)
    release = find(later)
    units = release.folder / UNITS
    later.warehouse.execute(
        f"copy (select * from read_parquet('{units}') where trajectory_id <> 't1')"
        f" to '{units}.new' (format parquet)"
    )
    Path(f"{units}.new").replace(units)
    change = compare(later, find)
    # the units left give 2/3, the release said 3/4
    assert change.split.value_before == Fraction(3, 4)
    assert parts_of(change)[Part.REMOVED] == Fraction(2, 3) - Fraction(3, 4)
    assert sum(parts_of(change).values()) == change.split.difference


def score_world(world) -> Scored:
    warehouse = open_warehouse()
    load_world(warehouse, load_catalogue(), world)
    run = Run(Path("unused"), Path("unused"), Path("unused"), load_catalogue(), overlays={})
    build_all(FACT_STEPS + SCORING_STEPS, warehouse, run)
    return Scored(warehouse, Scenario({}, {}, {}))


@pytest.mark.parametrize("seed", (3000, 3001, 3002))
def test_the_parts_add_up_for_every_score_of_two_random_releases(keep, seed):
    """Same places, other records: a world of rows, and the same world with some of them gone."""
    world = make_world(seed)
    find = keep(score_world(world))
    for kind in ("strengths_assessment", "action", "contact", "supervision", "team_review_step"):
        world.records[kind] = world.records[kind][::2]
    later = score_world(world)
    keys = later.warehouse.fetch_all("select score_key from results.indicator_scores order by 1")
    compared = moved = 0
    for (key,) in keys[:: max(1, len(keys) // 60)]:
        if find(later).find_score(read_score_key(key)) is None:
            continue
        change = compare(later, find, key)
        compared += 1
        if change.split.difference is not None:
            assert sum(parts_of(change).values()) == change.split.difference, key
            assert Part.REMOVED not in parts_of(change), key
            moved += bool(change.split.difference)
    assert compared > 20 and moved > 0


def test_two_releases_are_kept_as_the_site_keeps_them(keep, tmp_path):
    scored = score_scenario(FIRST)
    keep(scored, "first")
    keep(scored, "second")
    shutil.rmtree(tmp_path / "releases" / "first")  # the site keeps two
    keep(scored, "third")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["second", "third"]
    again = {path.name: path.read_bytes() for path in (tmp_path / "kept" / "third").iterdir()}
    keep(scored, "third")
    assert again == {
        path.name: path.read_bytes() for path in (tmp_path / "kept" / "third").iterdir()
    }


def test_a_release_that_is_not_kept_is_answered_with_those_that_are(keep, tmp_path):
    scored = score_scenario(FIRST)
    keep(scored, "first")
    with pytest.raises(UserError, match="first"):
        find_release(scored.warehouse, tmp_path, "of-last-year")


def test_a_damaged_folder_is_one_message(keep):
    scored = score_scenario(FIRST)
    release = keep(scored)(scored)
    (release.folder / SCORES).write_bytes(b"PAR1")
    with pytest.raises(UserError, match="cannot be read"):
        release.find_score(read_score_key(KEY))


# --- the release that a run published


KEYS_OF_EVERY_SHAPE = (
    "KI-1|getij||2025|v1",
    "EV-1|getij||2025|v1",
    "ST-4|||2025|v1",
    "EV-2|zilverhorst|ZH01|2025|v2",
    "OM-1|getij||2025|v1",
    "KI-2|papaverdal||2025|v1",
    "SV-2|zilverhorst||2025-Q4|v1",
    "AP-6|getij||2025|v1",
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_run_keeps_its_release_and_the_same_release_makes_no_difference(
    sample_run, capsys, language
):
    (release,) = (path.name for path in (sample_run.home / "kept").iterdir())
    assert release == (sample_run.home / "site").resolve().name
    for key in KEYS_OF_EVERY_SHAPE:
        asked = ["changes", key, "--since-release", release, "--home", str(sample_run.home)]
        assert main([*asked, "--format", "json"]) == 0
        content = json.loads(capsys.readouterr().out)
        assert (content["difference"]["exact"], content["parts"]) == ("0", []), key
        assert content["release_before"] == release
    assert main([*asked, "--language", language]) == 0
    assert release in capsys.readouterr().out


def test_every_published_score_is_kept_with_units_that_give_its_value(sample_run):
    (folder,) = (sample_run.home / "kept").iterdir()
    differing = sample_run.warehouse.fetch_one(
        """
        with summed as (
            select organisation_id, team_id, indicator_id, indicator_version, period,
                sum(cast(numerator as double) / cast(numerator_parts as double)) as numerator,
                sum(cast(denominator as double) / cast(denominator_parts as double)) as denominator
            from read_parquet($units)
            where exclusion_reason is null
            group by all
        )
        select count(*)
        from results.indicator_scores as published
        left join read_parquet($scores) as kept using (score_key)
        left join summed
            on summed.organisation_id = published.organisation_id
            and summed.team_id = published.team_id
            and summed.indicator_id = published.indicator_id
            and summed.indicator_version = published.indicator_version
            and summed.period = published.period
        where kept.score_key is null
            or (published.level = 'team' and published.value is not null
                and abs(summed.numerator / summed.denominator - published.value) > 1e-9)
        """,
        {"scores": str(folder / SCORES), "units": str(folder / UNITS)},
    )
    assert differing == (0,)
