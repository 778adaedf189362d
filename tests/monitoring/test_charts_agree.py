"""Charts computed by SQL equal the pure functions, point by point, on seeded series."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest

from pipelines.monitoring import STEPS
from pipelines.statistics.monitoring import build_xmr_chart, expect_false_flags
from pipelines.statistics.p_chart import CHANCE_FLAG_SHARES, build_p_chart, judge_p_chart
from pipelines.warehouse import open_warehouse

SHAPES = ("noise", "shift", "trend", "outlier", "constant", "steps", "share", "spread", "small")


def make_series(rng: Random, shape: str, length: int) -> list[tuple]:
    """(value, numerator, denominator) per quarter; None is a gap."""
    points: list[tuple] = []
    for place in range(length):
        if rng.random() < 0.08:
            points.append((None, None, None))
        elif shape in ("share", "spread", "small"):
            chance = 0.5 + (rng.gauss(0, 0.2) if shape == "spread" else 0)
            denominator = rng.randint(5, 8) if shape == "small" else rng.randint(25, 80)
            met = sum(rng.random() < chance for _ in range(denominator))
            points.append((met / denominator, met, denominator))
        else:
            value = {
                "noise": rng.gauss(3, 1),
                "shift": rng.gauss(3, 0.5) + (2 if place > length // 2 else 0),
                "trend": 0.3 * place + rng.gauss(0, 0.2),
                "outlier": rng.gauss(3, 0.2) + (5 if place == length - 4 else 0),
                "constant": 1 / 3,
                "steps": float(rng.choice((1, 2, 2, 2, 3))),
            }[shape]
            points.append((round(value, 6), None, None))
    return points


@pytest.fixture(scope="module")
def world():
    """Series by name, and their rows in ``results.monitoring_point``."""
    rng = Random(20260101)
    series = {
        f"{shape}-{number}": make_series(rng, shape, rng.choice((9, 12, 15, 24, 40)))
        for shape in SHAPES
        for number in range(40)
    }
    rows = []
    for name, points in series.items():
        is_share = points[0][1] is not None or any(each[1] is not None for each in points)
        for place, (value, met, count) in enumerate(points, start=1):
            parts = None if value is None else round(value * 1e9)
            rows.append(
                (name, place, value, met, count, parts, is_share, name.endswith("7"), place % 3 > 0)
            )
    warehouse = open_warehouse()
    frame = pd.DataFrame(
        rows,
        columns=["series_key", "place", "value", "numerator", "denominator", "settled_parts",
                 "is_share", "is_stock", "is_provisional"],
        dtype=object,
    )  # fmt: skip
    warehouse.connection.register("made", frame)
    warehouse.execute(
        """
        create table monitoring.series_point as
        select series_key, cast(place as integer) as place, cast(value as double) as value,
            cast(numerator as bigint) as numerator, cast(denominator as bigint) as denominator,
            cast(settled_parts as bigint) as settled_parts, cast(is_share as boolean) as is_share,
            cast(is_stock as boolean) as is_stock, false as is_provisional,
            'team' as level, 'o' as organisation_id, 't' as team_id, 'indicator' as subject,
            'm' as measure, 1 as indicator_version, '' as instrument, '' as instrument_version,
            '' as scale, '' as informant, '' as moments, '2020-Q1' as period,
            true as is_higher_better, 9 as clients_count, 'k' as source_key
        from made
        """
    )
    for step in STEPS:
        if step.table in ("monitoring.chance", "monitoring.chart", "results.monitoring_point"):
            step.build(warehouse, None)
    result = warehouse.execute("select * from results.monitoring_point order by series_key, place")
    names = [column[0] for column in result.description]
    found: dict[str, list[dict]] = {}
    for row in result.fetchall():
        told = dict(zip(names, row, strict=True))
        found.setdefault(told["series_key"], []).append(told)
    return series, found


def choose_chart(name: str, points: list[tuple]) -> tuple[str, str]:
    """The chart that suits, by the pure functions."""
    known = [each for each in points if each[0] is not None]
    if len(known) < 12:
        return "run", "too_few_points"
    if known[0][1] is None:
        return "xmr", "not_a_share"
    judged = judge_p_chart(
        [each[1] for each in known[:20]], [each[2] for each in known[:20]], name.endswith("7")
    )
    return ("p" if judged.is_suitable else "xmr"), judged.reason


def test_the_chart_that_suits_is_chosen_with_its_reason(world):
    series, found = world
    for name, points in series.items():
        told = {(row["chart_kind"], row["chart_reason"]) for row in found[name]}
        assert told == {choose_chart(name, points)}, name


def test_limits_rules_and_readings_equal_the_pure_functions(world):
    series, found = world
    for name, points in series.items():
        rows = found[name]
        kind = rows[0]["chart_kind"]
        if kind == "run":
            assert all(row["rules"] is None and row["centre"] is None for row in rows)
            continue
        if kind == "p":
            chart = build_p_chart([each[1] for each in points], [each[2] for each in points], True)
            limits = chart.limits
        else:
            chart = build_xmr_chart([each[0] for each in points], True)
            limits = [chart.limits] * len(points)
        for row, point, own in zip(rows, chart.points, limits, strict=True):
            if point.value is None:
                assert row["rules"] is None
                continue
            assert row["centre"] == pytest.approx(own.mean, abs=1e-8)
            assert row["lower_limit"] == pytest.approx(own.lower, abs=1e-7)
            assert row["upper_limit"] == pytest.approx(own.upper, abs=1e-7)
            assert row["near_upper"] == pytest.approx(own.near_upper, abs=1e-7)
            assert row["near_lower"] == pytest.approx(own.near_lower, abs=1e-7)
            assert row["rules"] == ", ".join(point.rules), (name, row["place"])
            assert row["reading"] == point.reading
            assert row["baseline_count"] == chart.baseline_count


def test_the_expected_false_flags_stand_beside_every_chart_with_limits(world):
    _, found = world
    for rows in found.values():
        count, kind = rows[0]["points_count"], rows[0]["chart_kind"]
        expected = {
            "run": None,
            "xmr": expect_false_flags(count),
            "p": expect_false_flags(count, CHANCE_FLAG_SHARES),
        }[kind]
        assert {row["false_flag_share"] for row in rows} == {expected}


def test_the_series_hold_what_the_rules_are_about(world):
    _, found = world
    rows = [row for each in found.values() for row in each]
    rules = {rule for row in rows if row["rules"] for rule in row["rules"].split(", ")}
    assert rules == {
        "outside_limits",
        "seven_on_one_side",
        "seven_rising_or_falling",
        "two_of_three_near_limit",
    }
    assert {row["chart_kind"] for row in rows} == {"run", "xmr", "p"}
    assert {row["chart_reason"] for row in rows} >= {
        "suits",
        "same_units_again",
        "small_counts",
        "more_spread_than_chance",
    }
    assert {row["reading"] for row in rows} >= {"improvement", "concern", None}
