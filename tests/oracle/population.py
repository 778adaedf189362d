"""How many persons stand behind a score: what protection of persons is decided on."""

from __future__ import annotations

from tests.oracle.knowledge import Knowledge
from tests.oracle.scores import Score, Scorer

# Units of these hang on workers and team reviews, not on clients.
WITHOUT_CLIENTS = ("ST-1", "ST-2", "ST-4", "ST-5", "ST-7", "SV-1", "SV-2", "SV-3", "SV-4")
# Kind of unit -> key field and the kind it hangs on (None: it names its trajectory itself).
PARENTS = {
    "strengths_assessment": ("assessment_id", None),
    "action_plan": ("plan_id", None),
    "contact": ("contact_id", None),
    "evaluation": ("evaluation_id", None),
    "goal": ("goal_id", "action_plan"),
    "action": ("action_id", "goal"),
}


def count_clients(scorer: Scorer, score: Score) -> int | None:
    """Distinct known clients behind the counted units; None when units have no clients."""
    if score.indicator.id in WITHOUT_CLIENTS:
        return None
    clients = set()
    for unit in score.units:
        if not unit.is_counted or unit.kind == "worker":
            continue
        know = scorer.organisations[unit.organisation_id]
        client = know.trajectories[find_trajectory_id(know, unit.kind, unit.unit_id)].client_id
        if client is not None:
            clients.add((unit.organisation_id, client))
    return len(clients)


def find_trajectory_id(know: Knowledge, kind: str, unit_id: str) -> str:
    if kind in ("trajectory", "closure"):
        return unit_id
    if kind == "case":
        return unit_id.partition("|")[2]
    key, parent = PARENTS[kind]
    row = next(row for row in know.rows(kind) if row[key] == unit_id)
    if parent is None:
        return row["trajectory_id"]
    return find_trajectory_id(know, parent, row[PARENTS[parent][0]])


def count_workers(scorer: Scorer, score: Score) -> int:
    """Distinct support workers of the teams that were active on a day of the period."""
    period, workers = score.place.period, set()
    for organisation_id, team_id in score.place.members:
        know = scorer.organisations[organisation_id]
        for row in know.rows("worker"):
            is_active = row["start_date"] <= know.end_of(period) and (
                row["end_date"] is None or row["end_date"] >= period.first
            )
            if row["team_id"] == team_id and row["role"] == "support_worker" and is_active:
                workers.add((organisation_id, row["worker_id"]))
    return len(workers)
