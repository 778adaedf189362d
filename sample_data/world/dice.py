"""Repeatable chance: one independent stream of random numbers per topic.

Streams are named, so that a change in one topic leaves the draws of all others alone.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from sample_data.world.settings import Team

SEED = "krachtwerk sample 1"
Choice = TypeVar("Choice")

# How a team's quality (0-1) becomes a share: the share at quality 0 and at quality 1.
CURVES: dict[str, tuple[float, float]] = {
    "assessment_in_time": (0.18, 1.04),
    "assessment_late": (0.35, 0.85),
    "assessment_refresh": (0.15, 1.00),
    "assessment_own_words": (0.15, 0.97),
    "assessment_agreed": (0.55, 0.99),
    "domain_filled": (0.25, 0.97),
    "self_regulation_in_time": (0.05, 0.97),
    "ecogram": (0.20, 0.95),
    "plan_in_time": (0.12, 1.06),
    "plan_late": (0.40, 0.90),
    "goal_from_strengths": (0.12, 0.98),
    "goal_own_words": (0.10, 0.92),
    "action_concrete": (0.30, 0.98),
    "action_informal": (0.03, 0.66),
    "community_contact": (0.12, 0.90),
    "evaluation_in_rhythm": (0.20, 1.00),
    "evaluation_with_client": (0.45, 0.99),
    "closure_planned": (0.40, 0.88),
    "closing_element": (0.25, 0.98),
    "review_held": (0.45, 0.99),
    "review_present": (0.55, 0.98),
    "review_assessment_tabled": (0.15, 0.97),
    "review_step": (0.35, 0.97),
    "trained": (0.55, 1.00),
    "mixed_duties": (0.85, 0.05),
}


class Dice:
    """Chance for one topic."""

    def __init__(self, *topic: object):
        self.random = Random("|".join([SEED, *(str(part) for part in topic)]))

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.random.random() < probability

    def between(self, lowest: int, highest: int) -> int:
        """A whole number from lowest to highest, both included."""
        return lowest + int(self.random.random() * (highest - lowest + 1))

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of the choices."""
        return choices[self.between(0, len(choices) - 1)]

    def pick_weighted(self, choices: Sequence[tuple[Choice, float]]) -> Choice:
        """One of the choices, by their weights."""
        rest = self.random.random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            rest -= weight
            if rest < 0:
                return choice
        return choices[-1][0]

    def normal(self, mean: float, deviation: float) -> float:
        """A normally distributed number: twelve uniform draws, the same on every machine."""
        return mean + deviation * (sum(self.random.random() for _ in range(12)) - 6)

    def workday(self, day: date) -> date:
        """``day``, or the Monday after it when it falls in a weekend."""
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def share_of(team: Team, topic: str, day: date) -> float:
    """How often the team does what ``topic`` names on ``day``: its quality plus its own habit."""
    low, high = CURVES[topic]
    habit = Dice("habit", team.team_id, topic).normal(0, 0.04)
    return min(max(low + (high - low) * team.quality_on(day) + habit, 0.0), 1.0)
