"""Hypotheses are declared whole: what they hold beside each other can be found and read."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from pipelines.catalogue.crosscheck import find_cross_faults
from pipelines.catalogue.models.hypotheses import FidelityMeasure
from tests.outcomes.small_world import CATALOGUE


@pytest.mark.parametrize("hypothesis", CATALOGUE.hypotheses.values(), ids=lambda one: one.id)
def test_every_hypothesis_has_words_in_both_languages_an_origin_and_a_direction(hypothesis):
    assert hypothesis.name.nl.strip() and hypothesis.name.en.strip() and hypothesis.source.strip()
    assert CATALOGUE.instruments[hypothesis.outcome.instrument].is_higher_better is not None
    assert hypothesis.minimum_completers >= 2


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ({"kind": "audit"}, "needs the instrument"),
        ({"kind": "audit", "instrument": "x", "part": "practice"}, "only the total"),
        ({"kind": "record_profile", "instrument": "x"}, "has no instrument"),
    ],
)
def test_a_measure_of_fidelity_that_mixes_scales_is_refused(declared, reason):
    with pytest.raises(ValidationError, match=reason):
        FidelityMeasure.model_validate(declared)


def test_an_unknown_audit_instrument_is_a_fault_with_file_and_key():
    known = CATALOGUE.hypotheses["H-2"]
    measure = FidelityMeasure(kind="audit", instrument="never heard of")
    changed = {"H-2": known.model_copy(update={"fidelity": measure})}
    faults = list(find_cross_faults(replace(CATALOGUE, hypotheses=changed)))
    assert [(fault.file, fault.key) for fault in faults] == [
        ("hypotheses/H-2.yaml", "fidelity.instrument")
    ]
