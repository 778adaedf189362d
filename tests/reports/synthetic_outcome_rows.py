"""Rows of the outcome tables that add up as results do; the numbers come from no record."""

from math import sqrt

from pipelines.monitoring.comparison import COLUMNS as COMPARISON_COLUMNS
from pipelines.monitoring.comparison import TeamValue, compare_teams

IROC = ("iroc", "nl", "total", "client")


def make_flow(place: dict, started: int, t0: int, t1_due: int, t1: int, t2_due: int = 0,
              t2: int = 0, instrument: str = "iroc", informant: str = "client",
              ended: int = 0) -> list[dict]:  # fmt: skip
    """The seven stages of one place; every trajectory has a client of its own."""
    before = {"started": started, "t0_due": started, "t0": started, "t1_due": t0, "t1": t1_due,
              "t2_due": t0, "t2": t2_due}  # fmt: skip
    reached = {"started": started, "t0_due": started, "t0": t0, "t1_due": t1_due, "t1": t1,
               "t2_due": t2_due, "t2": t2}  # fmt: skip
    rows = []
    for stage, number in reached.items():
        lost = before[stage] - number
        is_due = stage.endswith("_due")
        gone = min(ended, lost) if stage in ("t1", "t2") else 0
        rows.append(
            place
            | {"instrument": instrument, "informant": informant, "stage": stage,
               "numerator": number, "denominator": before[stage],
               "share": number / before[stage] if before[stage] else None,
               "before_first_record_count": 0, "not_yet_due_count": lost if is_due else 0,
               "ended_count": gone, "missed_count": 0 if is_due else lost - gone,
               "outside_window_count": 0, "numerator_clients_count": number,
               "clients_count": before[stage], "organisations_counted": 1,
               "outcome_key": _make_key("flow", place, instrument, informant, stage)}
        )  # fmt: skip
    return rows


def make_change(place: dict, due: int, completers: int, mean: float, sd: float = 5.0,
                improved: int | None = None, moments: str = "T0-T1",
                measure: tuple = IROC) -> dict:  # fmt: skip
    """The change on one scale; with ``improved`` the scale has a norm."""
    instrument, version, scale, informant = measure
    row = place | {
        "instrument": instrument, "instrument_version": version, "scale": scale,
        "informant": informant, "moments": moments, "is_higher_better": True,
        "due_count": due, "completers_count": completers, "lost_count": due - completers,
        "clients_count": completers, "due_clients_count": due, "organisations_counted": 1,
        "status": "given" if completers > 1 else "no_completers",
        "outcome_key": _make_key("change", place, *measure, moments),
    }  # fmt: skip
    if completers < 2:
        return row
    half = 2.1 * sd / sqrt(completers)
    row |= {
        "mean_t0": 40.0, "sd_t0": 6.0, "mean_later": 40.0 + mean, "mean_change": mean,
        "sd_change": sd, "ci_low": mean - half, "ci_high": mean + half,
        "mean_change_method": "t", "d_t0_sd": mean / 6, "srm": mean / sd,
    }  # fmt: skip
    if due > completers:
        row |= {"lost_mean_t0": 38.5, "lost_sd_t0": 6.2, "completers_lost_difference": 0.25}
    if improved is not None:
        share = improved / completers
        row |= {
            "reliability": 0.856, "reliability_kind": "test_retest",
            "reliability_source": "Dutch study: ICC .856", "reliable_change_sd": 5.9,
            "reliable_change_sd_source": "pooled_t0", "reliable_change_sd_count": 412,
            "reliable_change_threshold": 6.2, "reliable_change_method": "jacobson_truax_1991",
            "improved_count": improved, "unchanged_count": completers - improved,
            "deteriorated_count": 0, "no_norm_count": 0, "share_improved": share,
            "share_improved_ci_low": max(0, share - 0.15),
            "share_improved_ci_high": min(1, share + 0.15), "share_improved_method": "wilson",
            "share_improved_lowest": improved / due,
            "share_improved_highest": (improved + due - completers) / due,
        }  # fmt: skip
    return row


def make_goals(place: dict, goals: int, clients: int) -> list[dict]:
    """How goals ended, in whole goals, with a T score and natural resources."""
    ends = {"attained": goals * 6 // 10, "partly": goals // 5, "stopped": goals // 10}
    ends["not_attained"] = goals - sum(ends.values())
    rows = []
    for measure, number in (*ends.items(), ("natural_resource", goals // 3)):
        share = number / goals if goals else None
        rows.append(_make_share(place, "goals", measure, number, goals, share, clients))
    score = _make_share(place, "goals", "gas_t", 51.5 * goals, goals, 51.5, clients)
    return [*rows, score | {"ci_low": 49.0, "ci_high": 54.0}]


def make_closures(place: dict, closed: int, clients: int, planned: int) -> list[dict]:
    """How support ended, and where people lived afterwards."""
    rows = [
        _make_share(place, "closures", measure, number, closed, number / closed, clients)
        for measure, number in (("planned", planned), ("premature", closed - planned),
                                ("neutral", 0), ("without_contact", closed // 6),
                                ("follow_on", 1))
    ]  # fmt: skip
    housing = {"eigen huurwoning": closed - 5, "bij tante Annie": 5}
    return rows + [
        _make_share(place, "closures", "housing_after", number, closed, number / closed, clients)
        | {"measure_category": name,
           "outcome_key": _make_key("closures", place, "housing_after", name)}
        for name, number in housing.items()
        if place["breakdown"] == "total"
    ]  # fmt: skip


def _make_share(place, table, measure, number, units, value, clients) -> dict:
    return place | {
        "measure": measure, "numerator": number, "denominator": units, "value": value,
        "ci_low": None if value is None else max(0, value - 0.1),
        "ci_high": None if value is None else min(1, value + 0.1),
        "method": "wilson", "not_recorded_count": 0, "clients_count": clients,
        "organisations_counted": 1, "status": "given" if units else "no_data",
        "outcome_key": _make_key(table, place, measure),
    }  # fmt: skip


def _make_key(table: str, place: dict, *names: str) -> str:
    parts = (place["organisation_id"], place["team_id"], place["period"], place["breakdown"],
             place["category"])  # fmt: skip
    return "|".join((table, *(part or "" for part in parts), *names))


def make_place(organisation: str, team: str | None = None, period: str = "2025",
               breakdown: str = "total", category: str | None = None,
               is_provisional: bool = False) -> dict:  # fmt: skip
    """The columns that say what a row is about."""
    return {"level": "team" if team else "organisation", "organisation_id": organisation,
            "team_id": team, "period": period, "breakdown": breakdown, "category": category,
            "is_provisional": is_provisional}  # fmt: skip


def make_compared(organisation: str, team: str, number: int, units: int, measure: str = "KI-1",
                  period: str = "2025", subject: str = "indicator") -> dict:  # fmt: skip
    """What a team is held beside others by: a share."""
    key = f"{measure}|{organisation}|{team}|{period}|v1"
    if subject != "indicator":
        table = {"goal_attainment": "goals"}.get(subject, subject)
        key = _make_key(table, make_place(organisation, team, period), measure)
    return {"subject": subject, "measure": measure, "period": period,
            "indicator_version": 1 if subject == "indicator" else None,
            "organisation_id": organisation, "team_id": team, "value_kind": "share",
            "value": number / units, "numerator": number, "denominator": units,
            "is_higher_better": True, "is_provisional": period == "2026",
            "source_key": key}  # fmt: skip


def list_compared_together(compared: list[dict]) -> list[dict]:
    """The rows of ``results.comparison`` of one measure and year, all teams together."""
    names = TeamValue.__annotations__
    values = [TeamValue(**{name: row.get(name) for name in names}) for row in compared]
    shared = set(COMPARISON_COLUMNS)
    return [
        {name: value for name, value in (row | told).items() if name in shared}
        | {"comparison_key": row["source_key"]}
        for row, told in zip(compared, compare_teams(values), strict=True)
    ]


def make_association(hypothesis: str, status: str, level: str = "all",
                     organisation: str | None = None, **numbers) -> dict:  # fmt: skip
    """One model of one hypothesis; what is not said is empty. The line within leads."""
    model = numbers.get("model", "team_line_within")
    return {"level": level, "organisation_id": organisation, "hypothesis_id": hypothesis,
            "hypothesis_version": 1, "teams_count": 11, "organisations_counted": 3,
            "completers_count": 240, "fidelity_lowest": 2.31, "fidelity_highest": 4.62,
            "fidelity_sd": 0.61, "model": model, "term": "fidelity", "method": "line",
            "status": status, "reading": "no_inference",
            "is_leading": model == "team_line_within"} | numbers  # fmt: skip
