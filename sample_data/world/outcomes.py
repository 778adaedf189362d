"""Outcome measurements: recovery at the start, after half a year, after a year, with losses.

Planted effect: clients of teams that work more according to the method improve more.
"""

from datetime import date, timedelta
from decimal import Decimal

from sample_data.world.dice import Dice
from sample_data.world.records import Record, World, next_id
from sample_data.world.settings import FIRST_DAY, Organisation, Team

MOMENTS = (("T0", 10, 0.85), ("T1", 183, 0.72), ("T2", 274, 0.60))  # moment, day, share measured
ZRM_DOMAINS = ("Financiën", "Huisvesting", "Sociaal netwerk")


def add_outcomes(world: World, organisation: Organisation, team: Team, trajectory: Record) -> None:
    """The measurements of one trajectory."""
    dice = Dice("outcomes", trajectory["trajectory_id"], team.team_id)
    last = trajectory["end_date"] or organisation.known_until
    score = dice.normal(36, 6)
    for moment, day_number, share in MOMENTS:
        day = dice.workday(
            trajectory["start_date"] + timedelta(days=day_number + dice.between(0, 14))
        )
        if moment != "T0":
            score += dice.normal(-1 + 9 * team.quality_on(day), 4) * (1 if moment == "T1" else 0.4)
        if not FIRST_DAY <= day <= last or not dice.chance(share):
            continue
        total = max(12, min(72, round(score)))
        missing = dice.pick_weighted(((0, 12), (1, 2), (2, 1)))
        # Two missing items: their place is taken by a mean, which gives half points.
        half = Decimal("0.5") if missing == 2 and total < 72 else 0
        _append(
            world, organisation, trajectory, "I.ROC", moment, day, "totaal", total + half, missing
        )
        if organisation.source == "clientdossier" and dice.chance(0.4):
            for domain in ZRM_DOMAINS:
                level = max(1, min(5, round(dice.normal(1 + (score - 12) / 15, 0.8))))
                _append(world, organisation, trajectory, "ZRM", moment, day, domain, level, None)


def _append(
    world: World, organisation: Organisation, trajectory: Record, instrument: str, moment: str,
    day: date, scale: str, score: Decimal | int, missing: int | None,
) -> None:  # fmt: skip
    is_zrm = instrument == "ZRM"
    world["outcome_measurement"].append(
        {
            "measurement_id": next_id(world, organisation, "outcome_measurement", "m"),
            "trajectory_id": trajectory["trajectory_id"],
            "instrument": instrument,
            "instrument_version": "2017" if is_zrm else "NL",
            "moment": moment,
            "measured_date": day,
            "informant": "worker" if is_zrm else "client",
            "scale": scale,
            "score": Decimal(score),
            "missing_item_count": missing,
        }
    )
