"""Outcomes of the invented organisations: plausible numbers in every state a page can show."""

from pipelines.catalogue import Catalogue
from pipelines.warehouse import Warehouse
from tests.reports.synthetic_outcome_rows import (
    make_association,
    make_change,
    make_closures,
    make_compared,
    make_flow,
    make_goals,
    make_place,
)
from tests.reports.synthetic_outcome_tables import add_rows

YEARS = ("2025", "2026")


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
    models += [make_association("H-1", "given", model="team_line", **null)]
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
                             teams_count=6, model="team_line", is_leading=True)
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
