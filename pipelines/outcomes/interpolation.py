"""Fidelity on a day between two audits."""

from collections.abc import Sequence
from datetime import date


def interpolate_fidelity(audits: Sequence[tuple[date, float]], day: date) -> float | None:
    """The score on ``day``, straight between the audits around it; empty outside the audits.

    Two audits on one day count with their mean. Never extrapolated: nobody looked.
    """
    by_day: dict[date, list[float]] = {}
    for audit_day, score in audits:
        by_day.setdefault(audit_day, []).append(score)
    scores = {audit_day: sum(found) / len(found) for audit_day, found in by_day.items()}
    before = max((found for found in scores if found <= day), default=None)
    after = min((found for found in scores if found >= day), default=None)
    if before is None or after is None:
        return None
    if before == after:
        return scores[before]
    share = (day - before).days / (after - before).days
    return scores[before] + share * (scores[after] - scores[before])
