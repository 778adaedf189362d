"""Effects that are planted in the world and must be found in the results."""

from typing import Any


def list_effects() -> list[dict[str, Any]]:
    """Every planted effect with the place where it must show."""
    return [
        {
            "id": "sterrenkade-improves",
            "kind": "value_rises",
            "organisation_id": "zilverhorst",
            "team_id": "ZH02",
            "indicators": ["KI-1", "AP-1", "EV-1", "ST-4", "OM-1"],
            "from_period": "2024",
            "to_period": "2026",
            "at_least": 0.2,
        },
        {
            "id": "sterrenkade-profile-improves",
            "kind": "profile_rises",
            "organisation_id": "zilverhorst",
            "team_id": "ZH02",
            "part": "total",
            "from_period": "2024",
            "to_period": "2026",
            "at_least": 1.0,
        },
        {
            "id": "kompasroos-neglects-reviews",
            "kind": "lowest_of_all_teams",
            "organisation_id": "zilverhorst",
            "team_id": "ZH04",
            "indicator": "ST-4",
            "period": "2025",
            "below": 0.5,
        },
        {
            "id": "kompasroos-misses-rhythm",
            "kind": "requirement_status",
            "organisation_id": "zilverhorst",
            "team_id": "ZH04",
            "requirement": "Q-04",
            "period": "2025",
            "status": "not_met",
        },
        {
            "id": "fidelity-goes-with-outcome",
            "kind": "fidelity_with_change",
            "period": "2025",
            "instrument": "I.ROC",
            "scale": "totaal",
            "moments": ["T0", "T1"],
            "correlation_at_least": 0.7,
        },
        {
            "id": "ankerplaats-starts-late",
            "kind": "first_period",
            "organisation_id": "getij",
            "team_id": "ankerplaats-oost",
            "period": "2025-Q1",
        },
        {
            "id": "zilverhorst-has-both-versions",
            "kind": "two_versions",
            "organisation_id": "zilverhorst",
            "indicator": "EV-2",
            "versions": [1, 2],
        },
        {
            "id": "zilverhorst-adds-an-indicator",
            "kind": "own_indicator",
            "organisation_id": "zilverhorst",
            "indicator": "ZH-1",
        },
        {
            "id": "zilverhorst-has-an-own-norm",
            "kind": "own_norm",
            "organisation_id": "zilverhorst",
            "requirement": "Q-07",
            "norm": 0.8,
            "shipped_norm": 0.9,
        },
        {
            "id": "eiland-is-suppressed",
            "kind": "suppressed",
            "organisation_id": "papaverdal",
            "team_id": "pd-eiland",
        },
    ]
