"""Wilson and t intervals against published numbers, and against the statements of scoring."""

from math import isclose

import pytest

from pipelines.statistics.intervals import (
    Z_95,
    compute_t_interval,
    compute_t_quantile,
    compute_wilson_interval,
)
from tests.spec.scenario import score_scenario

# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3 (rounded to four digits)
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("met", "count", "low", "high"), NEWCOMBE)
def test_wilson_gives_the_published_limits(met, count, low, high):
    found = compute_wilson_interval(met, count)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_of_nothing_is_empty():
    assert compute_wilson_interval(0, 0) is None


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [(1, 12.706), (2, 4.303), (10, 2.228), (29, 2.045), (120, 1.980)],
)
def test_t_quantiles_are_those_of_the_printed_tables(degrees, quantile):
    assert round(compute_t_quantile(degrees), 3) == quantile


def test_the_expansion_continues_the_table_smoothly():
    step_in_table = compute_t_quantile(199) - compute_t_quantile(200)
    step_across = compute_t_quantile(200) - compute_t_quantile(201)
    assert 0.98 < step_across / step_in_table < 1
    assert isclose(compute_t_quantile(10**9), Z_95, rel_tol=1e-8)


def test_the_t_interval_of_one_value_is_empty_and_of_two_is_wide():
    assert compute_t_interval([3.0]) is None
    # mean 3, standard error 1: 3 -+ 12.706
    assert compute_t_interval([2.0, 4.0]) == (
        pytest.approx(-9.706, abs=1e-3),
        pytest.approx(15.706, abs=1e-3),
    )


def write_closures(count: int) -> str:
    """Planned closures with one to five closing elements in turn."""
    elements = (
        "exit_interview",
        "safety_plan",
        "final_evaluation",
        "network_meeting",
        "final_report",
    )
    rows = []
    for place in range(count):
        done = ["true" if element <= place % 5 else "false" for element in range(5)]
        rows.append(f"t{place} | 2024-02-01 | 19 | {' | '.join(done)}")
    return "\n".join(
        [
            "trajectory\ntrajectory_id | start_date",
            *(f"t{place} | 2024-01-01" for place in range(count)),
            f"\nclosure\ntrajectory_id | closure_date | reason_code | {' | '.join(elements)}",
            *rows,
        ]
    )


@pytest.mark.parametrize("count", [2, 7, 230])
def test_scoring_computes_the_same_intervals(count):
    scored = score_scenario(write_closures(count))
    row = scored.score("AF-1", "2024-Q1")
    low, high = compute_t_interval([(1 + place % 5) / 5 for place in range(count)])
    assert (row["ci_low"], row["ci_high"]) == (pytest.approx(low), pytest.approx(high))
    share = scored.score("AF-1.5", "2024-Q1")
    low, high = compute_wilson_interval(int(share["numerator"]), count)
    assert (share["ci_low"], share["ci_high"]) == (
        pytest.approx(low, abs=1e-12),
        pytest.approx(high),
    )
