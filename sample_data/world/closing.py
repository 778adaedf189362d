"""How trajectories end: reason, closing elements, last evaluation."""

from datetime import timedelta

from sample_data.world.dice import Dice, share_of
from sample_data.world.documents import add_evaluation
from sample_data.world.records import Record, World
from sample_data.world.settings import FIRST_DAY, Organisation, Team

OTHER_REASONS = (
    ("21", 5), ("23", 4), ("22", 2), ("33", 1), ("31", 2), ("38", 2), ("36", 1), ("2", 1),
)  # fmt: skip
ELEMENTS = ("exit_interview", "safety_plan", "final_evaluation", "network_meeting", "final_report")
# Network meetings are the hardest element to arrange, the final report the easiest.
ELEMENT_SHIFT = {"network_meeting": -0.15, "safety_plan": -0.05, "final_report": 0.05}
HOUSING = ("eigen huurwoning", "begeleid wonen", "bij familie", "opvang elders")


def add_closing(world: World, organisation: Organisation, team: Team, trajectory: Record) -> None:
    """The closure record of a trajectory that ended."""
    end = trajectory["end_date"]
    if end is None or end < FIRST_DAY:
        return
    dice = Dice("closing", trajectory["trajectory_id"], team.team_id)
    is_planned = dice.chance(share_of(team, "closure_planned", end))
    without_contact = not is_planned and dice.chance(0.35)
    chance = share_of(team, "closing_element", end) * (1.0 if is_planned else 0.5)
    elements = {
        name: not without_contact and dice.chance(chance + ELEMENT_SHIFT.get(name, 0.0))
        for name in ELEMENTS
    }
    if elements["final_evaluation"]:
        held = max(end - timedelta(days=dice.between(0, 12)), trajectory["start_date"])
        if held >= FIRST_DAY:
            planned = max(end - timedelta(days=5), FIRST_DAY)
            add_evaluation(world, organisation, team, trajectory, "final", planned, held, dice)
    world["closure"].append(
        {
            "trajectory_id": trajectory["trajectory_id"],
            "closure_date": end,
            "reason_code": "19" if is_planned else dice.pick_weighted(OTHER_REASONS),
            "planned": is_planned if organisation.source == "clientdossier" else None,
            "without_contact": without_contact,
            **elements,
            "housing_after": dice.pick(HOUSING) if is_planned else None,
        }
    )
