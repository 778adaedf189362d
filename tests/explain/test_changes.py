"""A difference splits into parts that add up to it exactly, whatever the units."""

from fractions import Fraction

import pytest
from hypothesis import given

from pipelines.explain.changes import Part, add_part, split_change
from tests.explain.units import AMOUNT_UNITS, MET_UNITS, make_unit


def parts_of(split):
    return {part.part: part for part in split.parts}


@pytest.mark.parametrize(
    ("shape", "units"), [("within", MET_UNITS), ("ratio", AMOUNT_UNITS), ("rate", AMOUNT_UNITS)]
)
def test_the_parts_add_up_to_the_difference_exactly(shape, units):
    @given(units, units)
    def check(before, after):
        split = split_change(before, after, shape)
        if split.difference is None:
            assert split.parts == ()
            return
        assert sum(part.contribution for part in split.parts) == split.difference
        assert all(isinstance(part.contribution, Fraction) for part in split.parts)

    check()


@given(MET_UNITS, MET_UNITS)
def test_looking_back_instead_of_forward_turns_every_sign(before, after):
    forward, back = split_change(before, after, "share"), split_change(after, before, "share")
    opposite = {
        Part.CAME: Part.LEFT,
        Part.LEFT: Part.CAME,
        Part.NEWLY_MET: Part.NO_LONGER_MET,
        Part.NO_LONGER_MET: Part.NEWLY_MET,
        Part.BEGAN_COUNTING: Part.STOPPED_COUNTING,
        Part.STOPPED_COUNTING: Part.BEGAN_COUNTING,
    }
    turned = {opposite[part.part]: -part.contribution for part in back.parts}
    assert {part.part: part.contribution for part in forward.parts} == turned


@given(MET_UNITS)
def test_the_same_units_make_no_difference(units):
    assert split_change(units, units, "within").parts == ()


def test_every_unit_falls_into_one_part():
    before = [
        make_unit("stays", met=True),
        make_unit("gets worse", met=True),
        make_unit("gets better", met=False),
        make_unit("leaves", met=True),
        make_unit("was young", reason="too_young"),
        make_unit("gets lost", met=False),
        make_unit("never counted", reason="not_recorded"),
    ]
    after = [
        make_unit("stays", met=True),
        make_unit("gets worse", met=False),
        make_unit("gets better", met=True),
        make_unit("comes", met=True),
        make_unit("was young", met=True),
        make_unit("gets lost", reason="not_recorded"),
        make_unit("never counted", reason="not_recorded"),
    ]
    split = split_change(before, after, "within")
    # before 3 of 5, after 4 of 5: m = (3/5 + 4/5) / 2 = 7/10, n = 5
    assert (split.value_before, split.value_after) == (Fraction(3, 5), Fraction(4, 5))
    parts = parts_of(split)
    assert {part: (found.unit_count, found.contribution) for part, found in parts.items()} == {
        Part.CAME: (1, Fraction(3, 50)),  # (1 - 7/10) / 5
        Part.LEFT: (1, Fraction(-3, 50)),  # (-1 + 7/10) / 5
        Part.NEWLY_MET: (1, Fraction(1, 5)),
        Part.NO_LONGER_MET: (1, Fraction(-1, 5)),
        Part.BEGAN_COUNTING: (1, Fraction(3, 50)),
        Part.STOPPED_COUNTING: (1, Fraction(7, 50)),  # (0 + 7/10) / 5: it weighed down
    }


def test_amounts_and_denominators_of_the_same_unit_are_told_apart():
    # a worker: 2 sessions in 4 months, then 3 in 5; another stays at 1 in 1
    before = [make_unit("w1", amounts=(2, 4)), make_unit("w2", amounts=(1, 1))]
    after = [make_unit("w1", amounts=(3, 5)), make_unit("w2", amounts=(1, 1))]
    split = split_change(before, after, "rate")
    # 3/5 and 4/6: m = 19/30, n = 11/2
    parts = parts_of(split)
    assert parts[Part.CHANGED_AMOUNT].contribution == Fraction(2, 11)  # 1 / (11/2)
    assert parts[Part.CHANGED_DENOMINATOR].contribution == Fraction(-19, 165)
    assert Fraction(2, 11) - Fraction(19, 165) == Fraction(4, 6) - Fraction(3, 5)


def test_units_that_lift_and_units_that_lower_stand_apart():
    before = [make_unit("a", met=True), make_unit("b", met=False)]
    after = [make_unit("c", met=True), make_unit("d", met=True), make_unit("e", met=False)]
    came = parts_of(split_change(before, after, "share"))[Part.CAME]
    # m = (1/2 + 2/3) / 2 = 7/12, n = 5/2: 2 x (5/12) / (5/2) and -(7/12) / (5/2)
    assert (came.lifting.unit_count, came.lifting.contribution) == (2, Fraction(1, 3))
    assert (came.lowering.unit_count, came.lowering.contribution) == (1, Fraction(-7, 30))


def test_without_a_value_on_one_side_nothing_is_split():
    split = split_change(
        [make_unit("a", reason="too_young")], [make_unit("a", met=True)], "current"
    )
    assert (split.value_before, split.difference, split.parts) == (None, None, ())


@given(MET_UNITS, MET_UNITS)
def test_a_changed_rule_is_what_the_units_do_not_explain(before, after):
    split = split_change(before, after, "within")
    if split.difference is None:
        return
    own_before = Fraction(1, 7)  # the earlier value under its own rule
    whole = add_part(split, Part.CHANGED_RULE, own_before, split.value_after)
    assert whole.difference == split.value_after - own_before
    assert sum(part.contribution for part in whole.parts) == whole.difference
    assert parts_of(whole)[Part.CHANGED_RULE].contribution == split.value_before - own_before
