"""An overlay adds and replaces declarations; whatever is wrong with it is told all at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.catalogue import Catalogue, CatalogueError, load_catalogue
from pipelines.catalogue.models.base import Provenance
from pipelines.catalogue.overlay import (
    leave_out_changed,
    list_changed,
    read_overlay,
)

SHIPPED = load_catalogue()
SAMPLE = Path(__file__).parents[2] / "sample_data" / "overlays"
OWN_INDICATOR = """
id: EIGEN-1
version: 1
name: {nl: eigen, en: own}
rule_text: {nl: eigen, en: own}
subscale: practice
fit: E
shape: share
rule: {answer: action.resource, accepted: [formal]}
deciding_kind: action
anchors: A10
unit_label: {nl: acties, en: actions}
source: own
"""
OWN_STEPS = """
steps:
  - {score: 1, upper: '0.5'}
  - {score: 5, lower: '0.5'}
"""


def read(folder: Path, files: dict[str, str]) -> Catalogue:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_overlay(folder, SHIPPED)


def find_faults(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(CatalogueError) as raised:
        read(folder, files)
    return [(fault.file, fault.key) for fault in raised.value.faults]


def test_an_empty_overlay_is_the_shipped_catalogue(tmp_path):
    assert read_overlay(tmp_path, SHIPPED) == SHIPPED


def test_a_file_says_only_what_is_different(tmp_path):
    own = read(
        tmp_path, {"requirements/Q-01.yaml": "id: Q-01\nversion: 2\nnorm: '0.8'\nsource: own"}
    )
    requirement, below = own.requirements["Q-01"], SHIPPED.requirements["Q-01"]
    assert (requirement.norm, requirement.version) == (Decimal("0.8"), 2)
    assert requirement.provenance is Provenance.ORGANISATION
    assert (requirement.name, requirement.indicator) == (below.name, below.indicator)
    assert {id: one for id, one in own.requirements.items() if id != "Q-01"} == {
        id: one for id, one in SHIPPED.requirements.items() if id != "Q-01"
    }


def test_an_empty_value_takes_a_key_of_the_shipped_file_away(tmp_path):
    files = {"indicators/KI-1.yaml": "id: KI-1\nversion: 2\nsource: own\nanchors:\n"}
    assert read(tmp_path, files).indicators["KI-1"].anchors is None


def test_an_added_indicator_has_the_organisation_as_its_origin(tmp_path):
    own = read(tmp_path, {"indicators/EIGEN-1.yaml": OWN_INDICATOR})
    assert own.indicators["EIGEN-1"].provenance is Provenance.ORGANISATION
    assert list_changed(SHIPPED, own) == []


def test_names_of_life_domains_are_no_other_rule(tmp_path):
    text = "list: life_domain\nsource: own\ncodes: {L01: {label: {nl: wonen, en: living}}}"
    own = read(tmp_path, {"codes/life_domain.yaml": text})
    codes = own.codes["life_domain"].codes
    assert codes["L01"].label.nl == "wonen"
    assert codes["L02"] == SHIPPED.codes["life_domain"].codes["L02"]
    assert list_changed(SHIPPED, own) == []


def test_words_of_pages_can_be_other_words(tmp_path):
    own = read(tmp_path, {"words/nl/team.yaml": "strengths: 'Wat sterk is'"})
    assert own.words["nl"] == {"team.strengths": "Wat sterk is"}


def test_a_kept_version_keeps_the_shipped_anchors_although_the_set_is_replaced(tmp_path):
    users = [id for id, one in SHIPPED.indicators.items() if one.anchors == "A10"]
    own = read(
        tmp_path,
        {
            "anchors/A10.yaml": f"anchors: A10\nversion: 2\nsource: own{OWN_STEPS}",
            **{
                f"indicators/{id}.yaml": f"id: {id}\nversion: 2\nsource: own\nkeep_shipped: true"
                for id in users
            },
        },
    )
    assert sorted(own.kept_versions) == sorted(users)
    assert own.kept_versions["KI-1"].anchors == SHIPPED.anchors["A10"]
    assert len(own.anchors["A10"].steps) == 2
    assert list_changed(SHIPPED, own) == users


def test_all_together_lose_an_indicator_whose_rule_one_organisation_changed(tmp_path):
    own = read(
        tmp_path,
        {
            "indicators/KI-4.yaml": (
                "id: KI-4\nversion: 2\nsource: own\nrule: {accepted: ['yes', partly]}"
            ),
            "indicators/KI-1.yaml": "id: KI-1\nname: {nl: anders genoemd}",
            "indicators/EIGEN-1.yaml": OWN_INDICATOR,
        },
    )
    shared = leave_out_changed(SHIPPED, [SHIPPED, own])
    assert SHIPPED.indicators.keys() - shared.indicators.keys() == {"KI-4"}
    assert shared.indicators["KI-1"] == SHIPPED.indicators["KI-1"]
    assert own.indicators["KI-1"].name.en == SHIPPED.indicators["KI-1"].name.en


FAULTS = {
    "a changed rule under the shipped version": (
        {"indicators/KI-4.yaml": "id: KI-4\nsource: own\nrule: {accepted: ['no']}"},
        ("indicators/KI-4.yaml", "version"),
    ),
    "a version lower than the shipped one": (
        {"indicators/KI-4.yaml": "id: KI-4\nsource: own\nversion: 0"},
        ("indicators/KI-4.yaml", "version"),
    ),
    "a changed rule without an origin": (
        {"indicators/KI-4.yaml": "id: KI-4\nversion: 2\nrule: {accepted: ['no']}"},
        ("indicators/KI-4.yaml", "source"),
    ),
    "changed anchors of indicators that keep their version": (
        {"anchors/A10.yaml": f"anchors: A10\nversion: 2\nsource: own{OWN_STEPS}"},
        ("anchors/A10.yaml", "steps"),
    ),
    "a changed norm under the shipped version": (
        {"requirements/Q-01.yaml": "id: Q-01\nsource: own\nnorm: '0.8'"},
        ("requirements/Q-01.yaml", "version"),
    ),
    "changed bands under the shipped version": (
        {
            "bands/profile.yaml": "source: own\nsteps:\n"
            "  - {band: high, lower: '4.5', label: {nl: a, en: a}}\n"
            "  - {band: low, label: {nl: b, en: b}}"
        },
        ("bands/profile.yaml", "version"),
    ),
    "an id that differs from a shipped one by case only": (
        {"indicators/ki-1.yaml": OWN_INDICATOR.replace("EIGEN-1", "ki-1")},
        ("indicators/ki-1.yaml", "id"),
    ),
    "the id of a requirement": (
        {"indicators/Q-10.yaml": OWN_INDICATOR.replace("EIGEN-1", "Q-10")},
        ("indicators/Q-10.yaml", "id"),
    ),
    "an id that would break a score key": (
        {"indicators/A|B.yaml": OWN_INDICATOR.replace("EIGEN-1", "A|B")},
        ("indicators/A|B.yaml", "id"),
    ),
    "another origin than the organisation": (
        {"indicators/EIGEN-1.yaml": f"{OWN_INDICATOR}provenance: published\n"},
        ("indicators/EIGEN-1.yaml", "provenance"),
    ),
    "a kept version of an indicator that was never shipped": (
        {"indicators/EIGEN-1.yaml": f"{OWN_INDICATOR}keep_shipped: true\n"},
        ("indicators/EIGEN-1.yaml", "keep_shipped"),
    ),
    "a kept version under the same number": (
        {"indicators/KI-1.yaml": "id: KI-1\nkeep_shipped: true"},
        ("indicators/KI-1.yaml", "keep_shipped"),
    ),
    "an answer that does not exist": (
        {"indicators/EIGEN-1.yaml": OWN_INDICATOR.replace("[formal]", "[formeel]")},
        ("indicators/EIGEN-1.yaml", "rule.accepted"),
    ),
    "anchors that nobody gives": (
        {"indicators/EIGEN-1.yaml": OWN_INDICATOR.replace("A10", "A11")},
        ("indicators/EIGEN-1.yaml", "anchors"),
    ),
    "a code less in a shipped list": (
        {"codes/life_domain.yaml": "list: life_domain\ncodes: {L10: }"},
        ("codes/life_domain.yaml", "codes.L10"),
    ),
    "another meaning of a closure reason": (
        {"codes/closure_reason.yaml": "list: closure_reason\ncodes: {'19': {meaning: neutral}}"},
        ("codes/closure_reason.yaml", "codes.19"),
    ),
    "a programme that nobody has": (
        {"profiles/judo.yaml": "programme: judo\nlabel: {nl: a, en: a}\nis_method: true\n"
         "settings: {caseload_max: {value: 9, provenance: organisation, source: own,"
         " label: {nl: a, en: a}}}"},
        ("profiles/judo.yaml", "programme"),
    ),
    "a term of no days": (
        {"profiles/krachtwerk.yaml": "settings: {focus_days: {value: 0, source: own}}"},
        ("profiles/krachtwerk.yaml", "settings.focus_days.value"),
    ),
    "a word that no page has": (
        {"words/en/team.yaml": "strenghts: 'x'"},
        ("words/en/team.yaml", "team.strenghts"),
    ),
    "a placeholder too many": (
        {"words/en/team.yaml": "strengths: '{name} x'"},
        ("words/en/team.yaml", "team.strengths"),
    ),
    "a key given twice": (
        {"indicators/KI-1.yaml": "id: KI-1\nid: KI-1"},
        ("indicators/KI-1.yaml", "line 2"),
    ),
    "a file with another ending": (
        {"indicators/KI-1.yml": "id: KI-1"}, ("indicators/KI-1.yml", "name")
    ),
    "more items of an audit instrument under the shipped version": (
        {"audit_instruments/smf-nl-10.yaml": "source: own\nitem_count: 1\n"
         "items: {I1: {subscale: structure, label: {nl: een, en: one}}}"},
        ("audit_instruments/smf-nl-10.yaml", "version"),
    ),
    "an outcome instrument, whose norm is shared": (
        {"instruments/own.yaml": "instrument: own"}, ("instruments", "name")
    ),
    "a hypothesis, which is shared": ({"hypotheses/H-9.yaml": "id: H-9"}, ("hypotheses", "name")),
    "a record kind, which is the contract": (
        {"records/closure.yaml": "kind: closure"}, ("records", "name")
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_told_with_its_file_and_key_and_nothing_else_is(fault, tmp_path):
    files, expected = FAULTS[fault]
    assert find_faults(tmp_path, files) == [expected]


def test_faults_of_every_kind_are_told_at_once(tmp_path):
    apart = [
        fault for fault in FAULTS
        if fault.startswith(("a changed norm", "changed bands", "an id that would", "a term",
                             "a placeholder", "a code less", "another meaning"))
    ]  # fmt: skip
    files = {name: text for fault in apart for name, text in FAULTS[fault][0].items()}
    assert find_faults(tmp_path, files) == sorted(FAULTS[fault][1] for fault in apart)


def test_a_file_that_is_no_text_is_a_fault_and_no_traceback(tmp_path):
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "X.yaml").write_bytes(b"\xff\xfe\x00id")
    assert find_faults(tmp_path, {}) == [("indicators/X.yaml", "file")]


def test_a_broken_file_is_not_told_again_by_those_that_name_it(tmp_path):
    files = {
        "anchors/eigen.yaml": "anchors: eigen\nversion: een",
        "indicators/EIGEN-1.yaml": OWN_INDICATOR.replace("A10", "eigen"),
    }
    assert {file for file, _ in find_faults(tmp_path, files)} == {"anchors/eigen.yaml"}


@pytest.mark.parametrize("overlay", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_overlays_of_the_sample_data_are_in_order(overlay):
    assert read_overlay(overlay, SHIPPED) != SHIPPED


def test_the_shipped_catalogue_keeps_no_version_beside_another():
    assert not any(one.keep_shipped for one in SHIPPED.indicators.values())
