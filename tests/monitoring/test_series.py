"""Series over time hold the results they come from: with gaps, and nothing judged too early."""

from __future__ import annotations


def test_every_value_is_that_of_its_source_row(sample_run):
    sources = {
        "indicator": ("indicator_scores", "score_key", "value"),
        "outcome_flow": ("outcome_flow", "outcome_key", "share"),
        "outcome_change": ("outcome_change", "outcome_key", "mean_change"),
        "goal_attainment": ("goal_attainment", "outcome_key", "value"),
        "closures": ("closures", "outcome_key", "value"),
    }
    for subject, (table, key, value) in sources.items():
        count, different = sample_run.warehouse.fetch_one(
            f"""
            select count(*), count(*) filter (where source.{value} is distinct from point.value)
            from results.monitoring_point as point
            left join results.{table} as source on source.{key} = point.source_key
            where point.subject = ? and point.value is not null
            """,
            [subject],
        )
        assert count > 20, subject
        assert different == 0, subject


def test_quarters_follow_each_other_and_a_missing_one_is_a_gap(sample_run):
    broken, gaps = sample_run.warehouse.fetch_one(
        """
        select
            count(*) filter (where place <> expected),
            count(*) filter (where value is null)
        from (
            select *, row_number() over (partition by series_key order by period) as expected
            from results.monitoring_point
        )
        """
    )
    assert broken == 0
    assert gaps > 0


def test_ten_quarters_are_a_run_chart_without_limits_or_flags(sample_run):
    kinds = sample_run.warehouse.fetch_all(
        "select distinct chart_kind, chart_reason, centre is null, rules is null"
        " from results.monitoring_point where points_count < 12"
    )
    assert kinds == [("run", "too_few_points", True, True)]


def test_a_provisional_quarter_is_no_settled_point(sample_run):
    wrong, provisional = sample_run.warehouse.fetch_one(
        """
        select
            count(*) filter (where is_provisional and settled_parts is not null),
            count(*) filter (where is_provisional and value is not null)
        from monitoring.series_point
        """
    )
    assert wrong == 0
    assert provisional > 0


def test_a_caseload_without_a_norm_has_no_direction_and_a_lower_share_can_be_better(sample_run):
    told = dict(
        sample_run.warehouse.fetch_all(
            "select distinct measure, is_higher_better from results.monitoring_point"
            " where measure in ('ST-2', 'ST-3', 'KI-1', 'premature', 'planned')"
        )
    )
    assert told == {"ST-2": False, "ST-3": None, "KI-1": True, "premature": False, "planned": True}
