"""The quality requirements that hold a norm beside a score, and what came of them.

What does not belong here: deciding whether a requirement is met (room ``scoring``).
"""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.indicators import Requirement
from pipelines.explain.score_key import ScoreKey
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Norm:
    """One requirement on the value of a score."""

    requirement: Requirement
    norm: float | None  # None: nobody gives one
    status: str
    reason: str


def read_norms(warehouse: Warehouse, catalogue: Catalogue, key: ScoreKey) -> tuple[Norm, ...]:
    """The requirements on this score, in catalogue order; all together have none.

    Requirements look at the version that the organisation works with: a kept version has none.
    """
    if catalogue.indicators[key.indicator_id].version != key.version:
        return ()
    rows = warehouse.fetch_all(
        """
        select requirement_id, norm, status, reason
        from results.requirement_results
        where organisation_id = ? and coalesce(team_id, '') = ? and period = ?
        """,
        [key.organisation_id, key.team_id, key.period],
    )
    found = {requirement_id: rest for requirement_id, *rest in rows}
    return tuple(
        Norm(requirement, *found[id])
        for id, requirement in catalogue.requirements.items()
        if requirement.indicator == key.indicator_id and id in found
    )
