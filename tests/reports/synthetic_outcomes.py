"""Outcome tables of the invented organisations: plausible numbers in every state a page can show.

The numbers are not computed from records; they only add up as results do.
"""

from math import sqrt

from pipelines.catalogue import Catalogue
from pipelines.monitoring.comparison import COLUMNS as COMPARISON_COLUMNS
from pipelines.monitoring.comparison import TeamValue, compare_teams
from pipelines.outcomes.fidelity import ASSOCIATION_COLUMNS, EVIDENCE_COLUMNS, POINT_COLUMNS
from pipelines.warehouse import Warehouse

PLACE = "level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, breakdown VARCHAR, category VARCHAR"  # noqa: E501
SERIES = "indicator_version INTEGER, instrument VARCHAR, instrument_version VARCHAR, scale VARCHAR, informant VARCHAR, moments VARCHAR"  # noqa: E501


def _declare(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _declare_all(kind: str, names: str) -> str:
    return ", ".join(f"{name} {kind}" for name in names.split())


TABLES = {
    "results.outcome_flow": f"{PLACE}, instrument VARCHAR, informant VARCHAR, stage VARCHAR, "
    "numerator BIGINT, denominator BIGINT, share DOUBLE, "
    + _declare_all("BIGINT", "before_first_record_count not_yet_due_count ended_count missed_count "
                   "outside_window_count numerator_clients_count clients_count "
                   "organisations_counted")
    + ", is_provisional BOOLEAN, outcome_key VARCHAR",
    "results.outcome_change": f"{PLACE}, instrument VARCHAR, instrument_version VARCHAR, "
    "scale VARCHAR, informant VARCHAR, moments VARCHAR, is_higher_better BOOLEAN, "
    + _declare_all("BIGINT", "due_count completers_count lost_count") + ", "
    + _declare_all("DOUBLE", "mean_t0 sd_t0 mean_later mean_change sd_change ci_low ci_high")
    + ", mean_change_method VARCHAR, "
    + _declare_all("DOUBLE", "d_t0_sd srm lost_mean_t0 lost_sd_t0 completers_lost_difference "
                   "reliability")
    + ", reliability_kind VARCHAR, reliability_source VARCHAR, reliable_change_sd DOUBLE, "
    "reliable_change_sd_source VARCHAR, reliable_change_sd_count BIGINT, "
    "reliable_change_threshold DOUBLE, reliable_change_method VARCHAR, "
    + _declare_all("BIGINT", "improved_count unchanged_count deteriorated_count no_norm_count")
    + ", " + _declare_all("DOUBLE", "share_improved share_improved_ci_low share_improved_ci_high")
    + ", share_improved_method VARCHAR, "
    + _declare_all("DOUBLE", "share_improved_lowest share_improved_highest") + ", "
    + _declare_all("BIGINT", "clients_count due_clients_count organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.goal_attainment": f"{PLACE}, measure VARCHAR, "
    + _declare_all("DOUBLE", "numerator denominator value ci_low ci_high") + ", method VARCHAR, "
    + _declare_all("BIGINT", "not_recorded_count clients_count organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.closures": f"{PLACE}, measure VARCHAR, measure_category VARCHAR, "
    "numerator BIGINT, denominator BIGINT, value DOUBLE, ci_low DOUBLE, ci_high DOUBLE, "
    "method VARCHAR, "
    + _declare_all("BIGINT", "not_recorded_count not_yet_due_count clients_count "
                   "organisations_counted")
    + ", is_provisional BOOLEAN, status VARCHAR, outcome_key VARCHAR",
    "results.fidelity_outcome_point": _declare(POINT_COLUMNS),
    "results.fidelity_outcome": _declare(
        EVIDENCE_COLUMNS | ASSOCIATION_COLUMNS | {"outcome_key": "VARCHAR"}
    ),
    "results.monitoring_point": "level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, "
    f"subject VARCHAR, measure VARCHAR, {SERIES}, period VARCHAR, place INTEGER, value DOUBLE, "
    "numerator BIGINT, denominator BIGINT, is_provisional BOOLEAN, chart_kind VARCHAR, "
    "chart_reason VARCHAR, points_count BIGINT, baseline_count BIGINT, is_baseline BOOLEAN, "
    + _declare_all("DOUBLE", "centre lower_limit upper_limit near_lower near_upper")
    + ", rules VARCHAR, reading VARCHAR, is_higher_better BOOLEAN, false_flag_share DOUBLE, "
    "clients_count BIGINT, source_key VARCHAR, series_key VARCHAR",
    "results.comparison": _declare(COMPARISON_COLUMNS),
    "monitoring.compared": f"subject VARCHAR, measure VARCHAR, {SERIES}, period VARCHAR, "
    "organisation_id VARCHAR, team_id VARCHAR, value_kind VARCHAR, value DOUBLE, "
    "numerator BIGINT, denominator BIGINT, ci_low DOUBLE, ci_high DOUBLE, sd DOUBLE, "
    "is_higher_better BOOLEAN, is_provisional BOOLEAN, clients_count BIGINT, source_key VARCHAR",
}  # fmt: skip
YEARS = ("2025", "2026")
IROC = ("iroc", "nl", "total", "client")


def create_outcome_tables(warehouse: Warehouse) -> None:
    """Empty tables as the rooms of outcomes and monitoring leave them."""
    warehouse.execute("create schema if not exists monitoring")
    for table, columns in TABLES.items():
        warehouse.execute(f"create or replace table {table} ({columns})")


def add_rows(warehouse: Warehouse, table: str, rows: list[dict]) -> None:
    """Appends rows by column name; what a row does not say is empty."""
    import pandas as pd

    if rows:
        columns = [row[0] for row in warehouse.fetch_all(f"describe {table}")]
        unknown = set().union(*rows) - set(columns)
        assert not unknown, unknown
        frame = pd.DataFrame(rows, columns=columns, dtype=object)
        warehouse.write_frame(table, frame.where(frame.notna(), None))


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


def fabricate_outcomes(
    warehouse: Warehouse, catalogue: Catalogue, organisations: dict, quarters: tuple[str, ...]
) -> None:
    """Fills every outcome table of the invented organisations."""
    flow, change, goals, closures, compared = [], [], [], [], []
    for organisation, (_, teams) in organisations.items():
        for period in YEARS:
            is_late = period == "2026"
            for team, (_, _, clients, _, skill, since) in teams.items():
                if since[:4] > period:
                    continue
                place = make_place(organisation, team, period, is_provisional=is_late)
                flow += make_flow(place, clients, clients * 8 // 10, clients * 6 // 10,
                                  clients * 4 // 10, clients // 3, clients // 5)  # fmt: skip
                done = clients * 4 // 10
                change.append(
                    make_change(place, clients * 6 // 10, done, 8 * skill - 4, improved=done // 3)
                )
                goals += make_goals(place, clients * 2, clients)
                closures += make_closures(place, clients, clients, int(clients * skill))
                compared.append(
                    make_compared(organisation, team, int(clients * skill), clients, period=period)
                )
                compared.append(
                    make_compared(organisation, team, int(clients * skill), clients, "planned",
                                  period, "closures")
                )  # fmt: skip
            place = make_place(organisation, period=period, is_provisional=is_late)
            flow += make_flow(place, 260, 210, 150, 100, 90, 40, ended=30)
            flow += make_flow(place, 260, 60, 40, 6, 30, 4, "zrm", "worker")
            change.append(make_change(place, 150, 100, 0.4, improved=24))
            change.append(make_change(place, 90, 40, 2.2, improved=15, moments="T0-T2"))
            for scale in ("housing", "finances"):
                zrm = ("zrm", "2017", scale, "worker")
                change.append(make_change(place, 40, 6, 0.5, 1.0, measure=zrm))
            goals += make_goals(place, 420, 200)
            closures += make_closures(place, 240, 230, 150)
            for number, name in ((120, "krachtwerk"), (30, "cti")):
                one = make_place(organisation, None, period, "programme", name, is_late)
                flow += make_flow(one, number, number // 2, number // 3, number // 5)
                change.append(make_change(one, number // 2, number // 3, 1.5, 9.0, improved=5))
            for number, name in ((200, "jongeren"), (4, "gezin van de oude bakker")):
                one = make_place(organisation, None, period, "target_group", name, is_late)
                closures += make_closures(one, number + 3, number, number)
            for code in ("personal", "social"):
                one = make_place(organisation, None, period, "recovery_form", code, is_late)
                goals += make_goals(one, 90, 60)
    add_rows(warehouse, "results.outcome_flow", flow)
    add_rows(warehouse, "results.outcome_change", change)
    add_rows(warehouse, "results.goal_attainment", goals)
    add_rows(warehouse, "results.closures", closures)
    add_rows(warehouse, "monitoring.compared", compared)
    _fabricate_research(warehouse, catalogue, organisations)
    _fabricate_series(warehouse, catalogue, organisations, quarters)


def make_association(hypothesis: str, status: str, level: str = "all",
                     organisation: str | None = None, **numbers) -> dict:  # fmt: skip
    """One model of one hypothesis; what is not said is empty."""
    return {"level": level, "organisation_id": organisation, "hypothesis_id": hypothesis,
            "hypothesis_version": 1, "teams_count": 11, "organisations_counted": 3,
            "completers_count": 240, "fidelity_lowest": 2.31, "fidelity_highest": 4.62,
            "fidelity_sd": 0.61, "model": "team_line", "term": "fidelity", "method": "line",
            "status": status, "reading": "no_inference"} | numbers  # fmt: skip


def _fabricate_research(warehouse: Warehouse, catalogue: Catalogue, organisations: dict) -> None:
    points, models = [], []
    for hypothesis in catalogue.hypotheses:
        for organisation, (_, teams) in organisations.items():
            for team, (_, _, clients, _, skill, _) in teams.items():
                point = {"hypothesis_id": hypothesis, "hypothesis_version": 1,
                         "organisation_id": organisation, "team_id": team,
                         "fidelity": 1 + 4 * skill, "mean_improvement": 8 * skill - 4,
                         "completers_count": clients * 4 // 10,
                         "clients_count": clients * 4 // 10}  # fmt: skip
                points += [point | {"period": "2025", "sd_improvement": 5.0}, point]
    null = {"reading": "cannot_tell", "estimate": 0.2, "standard_error": 1.9, "ci_low": -4.1,
            "ci_high": 4.5, "degrees_of_freedom": 9, "p_value": 0.92}  # fmt: skip
    models += [make_association("H-1", "given", **null)]
    for term in ("between", "within"):
        models.append(make_association("H-1", "singular", model="mixed", term=term, estimate=0.1))
    models += [
        make_association("H-2", "scatter_only", teams_count=5),
        make_association("H-2", "too_few_teams", teams_count=5, model="mixed"),
        make_association("H-3", "scatter_only", teams_count=0),
    ]
    for hypothesis in catalogue.hypotheses:
        models.append(
            make_association(hypothesis, "scatter_only", "organisation", "noordlicht",
                             teams_count=6)
        )  # fmt: skip
    add_rows(warehouse, "results.fidelity_outcome_point", points)
    add_rows(warehouse, "results.fidelity_outcome", models)


def _fabricate_series(
    warehouse: Warehouse, catalogue: Catalogue, organisations: dict, quarters: tuple[str, ...]
) -> None:
    rows = []
    for organisation in organisations:
        for place, quarter in enumerate(quarters):
            limits = {"chart_kind": "xmr", "points_count": 14, "baseline_count": 12,
                      "is_baseline": place < 8, "centre": 0.6, "lower_limit": 0.45,
                      "upper_limit": 0.75, "rules": "outside_limits" if place == 9 else "",
                      "reading": "improvement" if place == 9 else None,
                      "false_flag_share": 0.08}  # fmt: skip
            for measure in ("KI-1", "KI-3"):
                own = limits if measure == "KI-1" else {"chart_kind": "run", "points_count": 11,
                                                        "is_baseline": False}  # fmt: skip
                rows.append(
                    {"level": "organisation", "organisation_id": organisation,
                     "subject": "indicator", "measure": measure,
                     "indicator_version": catalogue.indicators[measure].version,
                     "period": quarter, "place": place + 1,
                     "value": 0.8 if place == 9 else 0.58 + 0.01 * (place % 3),
                     "is_provisional": place == len(quarters) - 1, "is_higher_better": True,
                     "source_key": f"{measure}|{organisation}||{quarter}|v1",
                     "series_key": f"{measure}|{organisation}"} | own
                )  # fmt: skip
    add_rows(warehouse, "results.monitoring_point", rows)
