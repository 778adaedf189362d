"""Units made by hand, and random ones."""

from fractions import Fraction

from hypothesis import strategies

from pipelines.explain.units import Unit


def make_unit(name, met=None, amounts=None, reason=None):
    """A unit that met the rule or not, has two amounts, or is excluded with a reason."""
    numerator, denominator = amounts or ((int(met), 1) if met is not None else (None, None))
    return Unit(
        organisation_id="org",
        team_id="team",
        unit_kind="trajectory",
        unit_id=name,
        trajectory_id=name,
        exclusion_reason=reason,
        is_met=met,
        weight=1,
        numerator=None if numerator is None else Fraction(numerator),
        denominator=None if denominator is None else Fraction(denominator),
    )


NAMES = strategies.integers(min_value=0, max_value=12).map("u{}".format)
REASONS = strategies.sampled_from(["not_recorded", "too_young", "ended_before_limit"])
AMOUNTS = strategies.fractions(min_value=0, max_value=50, max_denominator=487)


def _list_units(counted):
    unit = strategies.one_of(counted, REASONS.map(lambda reason: {"reason": reason}))
    return strategies.dictionaries(NAMES, unit, max_size=10).map(
        lambda units: [make_unit(name, **content) for name, content in units.items()]
    )


# Sets of units of one score: met or not, and with amounts. Names are shared, so that units stay,
# come, leave and change.
MET_UNITS = _list_units(strategies.booleans().map(lambda met: {"met": met}))
AMOUNT_UNITS = _list_units(
    strategies.tuples(AMOUNTS, AMOUNTS).map(lambda amounts: {"amounts": amounts})
)
