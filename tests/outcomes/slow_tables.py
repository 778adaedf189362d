"""The result tables of this room, the slow way: lists of units, and the pure functions."""

from __future__ import annotations

from collections import defaultdict

from pipelines.statistics.change import (
    calculate_standardised_difference,
    describe_change,
    sum_pairs,
)
from pipelines.statistics.goal_scaling import calculate_gas_t
from pipelines.statistics.intervals import compute_t_interval, compute_wilson_interval
from pipelines.statistics.reliable_change import (
    ChangeClass,
    calculate_threshold,
    classify_change,
)
from tests.outcomes.slow_units import (
    RELIABILITIES,
    SlowWorld,
    Unit,
    describe_groups,
    list_views,
    read_measurement,
)

STAGES = ("started", "t0_due", "t0", "t1_due", "t1", "t2_due", "t2")
DUE_FATES = ("measured", "ended", "missed")


def list_stage_fates(fates: dict[str, str | None]) -> dict[str, str]:
    """Stage -> reached, or why not; stages that the unit never came to are absent."""
    found = {"started": "reached"}
    for moment in ("T0", "T1", "T2"):
        fate = fates[moment]
        if fate is None:
            continue
        stage = moment.lower()
        found[f"{stage}_due"] = "reached" if fate in DUE_FATES else fate
        if fate in DUE_FATES:
            found[stage] = "reached" if fate == "measured" else fate
    return found


def build_flow(slow: SlowWorld) -> dict[tuple, dict]:
    cells: dict[tuple, list] = defaultdict(list)
    for unit in slow.cohort:
        for key, since in slow.uses[unit.organisation_id].items():
            fates: dict[str, str | None] = {"T0": slow.tell_fate(unit, "T0", key, since)}
            for moment in ("T1", "T2"):
                is_measured = fates["T0"] == "measured"
                fates[moment] = slow.tell_fate(unit, moment, key, since) if is_measured else None
            stage_fates = list_stage_fates(fates)
            for stage in STAGES:
                for view in list_views(unit, describe_groups(unit)):
                    # A stage that nobody came to is told as well.
                    came = [(unit, stage_fates[stage])] if stage in stage_fates else []
                    cells[(*view, *key, stage)] += came
    table = {}
    for key, units in cells.items():
        fates = [fate for _, fate in units]
        table[key] = {
            "numerator": fates.count("reached"),
            "denominator": len(fates),
            "share": fates.count("reached") / len(fates) if fates else None,
            "before_first_record_count": fates.count("before_first_record"),
            "not_yet_due_count": fates.count("not_yet_due"),
            "ended_count": fates.count("ended"),
            "missed_count": fates.count("missed"),
            "clients_count": count_clients(unit for unit, _ in units),
            "numerator_clients_count": count_clients(
                unit for unit, fate in units if fate == "reached"
            ),
            "organisations_counted": len({unit.organisation_id for unit, _ in units}),
        }
    return table


def count_clients(units) -> int:
    return len({unit.client for unit in units if unit.client})


def build_thresholds(slow: SlowWorld) -> dict[tuple, float | None]:
    """(instrument, version, scale, informant) -> threshold, from one spread of everybody."""
    scores = defaultdict(list)
    for unit in slow.cohort:
        for key, score in slow.choose(unit, "T0").items():
            scores[key].append((score, score))
    thresholds = {}
    for key, pairs in scores.items():
        reliability = RELIABILITIES.get((key[0], key[2]))
        sd = describe_change(sum_pairs(pairs)).sd_before
        is_enough = len(pairs) >= 30 and sd and reliability
        thresholds[key] = calculate_threshold(sd, reliability) if is_enough else None
    return thresholds


def build_change(slow: SlowWorld) -> dict[tuple, dict]:
    directions = {
        read_measurement(row)[0]: read_measurement(row)[4]
        for row in slow.world.records["outcome_measurement"]
    }
    thresholds = build_thresholds(slow)
    cells: dict[tuple, list] = defaultdict(list)
    for unit in slow.cohort:
        uses = slow.uses.get(unit.organisation_id, {})
        before = slow.choose(unit, "T0")
        for moment in ("T1", "T2"):
            later = slow.choose(unit, moment)
            for key, score in before.items():
                flow_key = (key[0], key[3])
                since = uses[flow_key]
                if slow.tell_fate(unit, "T0", flow_key, since) != "measured":
                    continue
                if slow.tell_fate(unit, moment, flow_key, since) == "not_yet_due":
                    continue
                for view in list_views(unit, describe_groups(unit)):
                    cells[(*view, *key, f"T0-{moment}")].append((unit, score, later.get(key)))
    return {
        key: describe_cell(rows, thresholds[key[6:10]], directions[key[6]])
        for key, rows in cells.items()
    }


def describe_cell(rows: list, threshold: float | None, is_higher_better: bool | None) -> dict:
    complete = [(unit, a, b) for unit, a, b in rows if b is not None]
    lost = [(a, a) for _, a, b in rows if b is None]
    change = describe_change(sum_pairs((a, b) for _, a, b in complete))
    missing = describe_change(sum_pairs(lost))
    classes = [classify_change(b - a, threshold, is_higher_better) for _, a, b in complete]
    improved = classes.count(ChangeClass.IMPROVED)
    is_judged = bool(complete) and ChangeClass.NO_NORM not in classes
    interval = compute_wilson_interval(improved, len(complete)) if is_judged else None
    difference = None
    if complete and lost:
        difference = calculate_standardised_difference(
            change.mean_before, change.sd_before, missing.mean_before, missing.sd_before
        )
    return {
        "due_count": len(rows),
        "completers_count": len(complete),
        "lost_count": len(lost),
        "mean_t0": change.mean_before,
        "sd_t0": change.sd_before,
        "mean_later": change.mean_after,
        "mean_change": change.mean_change,
        "sd_change": change.sd_change,
        "ci_low": change.ci_low,
        "ci_high": change.ci_high,
        "d_t0_sd": change.d_t0_sd,
        "srm": change.srm,
        "lost_mean_t0": missing.mean_before,
        "lost_sd_t0": missing.sd_before,
        "completers_lost_difference": difference,
        "reliable_change_threshold": threshold,
        "improved_count": improved,
        "unchanged_count": classes.count(ChangeClass.UNCHANGED),
        "deteriorated_count": classes.count(ChangeClass.DETERIORATED),
        "no_norm_count": classes.count(ChangeClass.NO_NORM),
        "share_improved": improved / len(complete) if is_judged else None,
        "share_improved_ci_low": interval[0] if interval else None,
        "share_improved_ci_high": interval[1] if interval else None,
        "share_improved_lowest": improved / len(rows) if is_judged else None,
        "share_improved_highest": (improved + len(lost)) / len(rows) if is_judged else None,
        "clients_count": count_clients(unit for unit, _, _ in complete),
        "due_clients_count": count_clients(unit for unit, _, _ in rows),
        "organisations_counted": len({unit.organisation_id for unit, _, _ in complete}),
    }


def describe_share(
    met: int, units: int, not_recorded: int, clients: int, organisations: int
) -> dict:
    interval = compute_wilson_interval(met, units) or (None, None)
    is_incomplete = 5 * units < 4 * (units + not_recorded)
    status = "too_incomplete" if is_incomplete else "given" if units else "no_data"
    return {
        "numerator": met,
        "denominator": units,
        "value": met / units if units else None,
        "ci_low": interval[0],
        "ci_high": interval[1],
        "not_recorded_count": not_recorded,
        "clients_count": clients,
        "organisations_counted": organisations,
        "status": status,
    }


def _say(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"


def build_goals(slow: SlowWorld) -> dict[tuple, dict]:
    cells: dict[tuple, list[tuple[Unit, list]]] = defaultdict(list)
    for unit in slow.goals:
        resources = [
            row["resource"]
            for row in unit.know.rows("action")
            if row["goal_id"] == unit.row["goal_id"]
        ]
        recorded = [resource for resource in resources if resource]
        breakdowns = {
            **describe_groups(unit),
            "life_domain": unit.row["life_domain"],
            "recovery_form": unit.row["recovery_form"],
            "own_words": _say(unit.row["own_words"]),
            "from_strengths": _say(unit.row["from_strengths"]),
            "natural_resource": _say("informal" in recorded if recorded else None),
        }
        for view in list_views(unit, breakdowns):
            cells[view].append((unit, resources))
    table = {}
    for view, units in cells.items():
        clients = count_clients(unit for unit, _ in units)
        organisations = len({unit.organisation_id for unit, _ in units})
        statuses = [unit.row["status"] for unit, _ in units]
        for status in ("attained", "partly", "not_attained", "stopped"):
            table[(*view, status)] = describe_share(
                statuses.count(status), len(units), 0, clients, organisations
            )
        resources = [resource for _, found in units for resource in found]
        table[(*view, "natural_resource")] = describe_share(
            resources.count("informal"),
            len(resources) - resources.count(None),
            resources.count(None),
            clients,
            organisations,
        )
        scores = _list_gas_scores([unit for unit, _ in units])
        if scores:
            values = list(scores.values())
            interval = compute_t_interval(values) or (None, None)
            table[(*view, "gas_t")] = {
                "numerator": sum(values),
                "denominator": len(values),
                "value": sum(values) / len(values),
                "ci_low": interval[0],
                "ci_high": interval[1],
                "organisations_counted": len({organisation for organisation, _ in scores}),
                "status": "given",
            }
    return table


def _list_gas_scores(units: list[Unit]) -> dict[tuple, float]:
    goals = defaultdict(list)
    for unit in units:
        if unit.row["gas_score"] is not None:
            weight = 1 if unit.row["weight"] is None else unit.row["weight"]
            goals[unit.organisation_id, unit.trajectory_id].append((unit.row["gas_score"], weight))
    found = {
        key: calculate_gas_t([score for score, _ in own], [weight for _, weight in own])
        for key, own in goals.items()
    }
    return {key: score for key, score in found.items() if score is not None}
