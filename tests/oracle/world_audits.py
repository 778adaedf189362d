"""Random audits: rounds on and beside the limits of the rhythm, by none to three assessors."""

from datetime import date

from tests.oracle.world import Draft, days

ROUNDS = ("m6", "m12", "m18", "m24", "yearly", "extra")
# Days between an audit and the day on which its rhythm is looked at: on a limit or one too many.
RHYTHM_DAYS = (0, 100, 214, 215, 396, 397)


def write_audits(draft: Draft, team_ids: list[str]) -> None:
    """Writes audits of the teams, with who rated them."""
    for team_id in team_ids:
        for number in range(draft.rng.choice((0, 0, 1, 2, 4))):
            _write_audit(draft, team_id, f"{team_id}-x{number}")


def _write_audit(draft: Draft, team_id: str, audit_id: str) -> None:
    rng = draft.rng
    day = rng.choice(draft.limit_days) - days(rng.choice(RHYTHM_DAYS))
    is_baseline = draft.chance(0.45)
    if is_baseline and draft.chance(0.5):
        day = _two_years_before(rng.choice(draft.limit_days)) + days(rng.choice((-1, 0, 1)))
    added = draft.add(
        "fidelity_audit",
        day,
        audit_id=audit_id,
        team_id=team_id,
        audit_date=day,
        round="baseline" if is_baseline else rng.choice(ROUNDS),
        instrument="sm-kansas-2009",
        instrument_version="1",
    )
    if added and draft.chance(0.9):
        _write_ratings(draft, audit_id, day)


def _write_ratings(draft: Draft, audit_id: str, day: date) -> None:
    """By one to three assessors, some of them with a consensus row beside or instead of theirs."""
    assessors = draft.rng.sample(("a", "b", "c"), draft.rng.choice((1, 2, 2, 3)))
    talk = draft.rng.choice(("none", "none", "none", "beside", "only"))
    for item_id in ("SM01", "SM02"):
        for assessor_id in assessors if talk != "only" else ():
            _add_rating(draft, audit_id, day, item_id, assessor_id, is_consensus=False)
        if talk != "none":
            _add_rating(draft, audit_id, day, item_id, "d", is_consensus=True)


def _add_rating(
    draft: Draft, audit_id: str, day: date, item_id: str, assessor_id: str, is_consensus: bool
) -> None:
    draft.add(
        "audit_rating",
        day,
        audit_id=audit_id,
        assessor_id=assessor_id,
        item_id=item_id,
        evidence_source="overall",
        is_consensus=is_consensus,
        score=draft.maybe(3),
    )


def _two_years_before(day: date) -> date:
    return date(day.year - 2, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
