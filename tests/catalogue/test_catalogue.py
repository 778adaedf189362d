"""Every declaration is walked; faults are told all at once with file and key."""

from pathlib import Path

import pytest

from pipelines.catalogue import CatalogueError, load_catalogue
from pipelines.catalogue.loader import read_catalogue

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("kind", CATALOGUE.records.values(), ids=lambda kind: kind.kind)
def test_every_record_kind_has_labels_in_both_languages_and_a_required_key(kind):
    assert all(kind.fields[name].required for name in kind.key)
    for declared in (kind, *kind.fields.values()):
        assert declared.label.nl.strip() and declared.label.en.strip()


@pytest.mark.parametrize("kind", CATALOGUE.records.values(), ids=lambda kind: kind.kind)
def test_every_person_in_a_record_is_a_pseudonym(kind):
    persons = {"client_id", "worker_id", "rater_id", "supervisor_id", "assessor_id"}
    for name in persons & kind.fields.keys():
        assert kind.fields[name].pseudonym in ("client", "worker"), name


@pytest.mark.parametrize("codes", CATALOGUE.codes.values(), ids=lambda codes: codes.list)
def test_every_code_list_is_used_by_a_record_kind_or_an_indicator(codes):
    used = {field.codes for kind in CATALOGUE.records.values() for field in kind.fields.values()}
    used |= {indicator.rule.code_list for indicator in CATALOGUE.indicators.values()}
    assert codes.list in used


def test_there_are_seven_basic_tasks_and_ten_life_domains_without_borrowed_names():
    assert len(CATALOGUE.codes["basic_task"].codes) == 7
    domains = CATALOGUE.codes["life_domain"].codes
    assert [code.label.nl for code in domains.values()] == [f"leefgebied {n}" for n in range(1, 11)]


def test_closure_reasons_say_what_they_mean_and_whether_they_end_the_trajectory():
    reasons = CATALOGUE.codes["closure_reason"].codes
    meant = {code: entry.meaning for code, entry in reasons.items()}
    assert {code for code, meaning in meant.items() if meaning == "planned"} == {"19"}
    assert {c for c, meaning in meant.items() if meaning == "premature"} == {"21", "22", "23", "33"}
    assert {code for code, entry in reasons.items() if not entry.is_end} == {"20", "37"}


@pytest.mark.parametrize("profile", CATALOGUE.profiles.values(), ids=lambda p: p.programme)
def test_every_programme_has_every_setting_with_its_origin(profile):
    assert set(profile.settings) == {
        "focus_days",
        "plan_days",
        "evaluation_days",
        "assessment_refresh_days",
        "team_review_days",
        "reach_days",
        "training_days",
        "caseload_max",
        "outcome_start_window_days",
        "outcome_t1_first_days",
        "outcome_t1_target_days",
        "outcome_t1_last_days",
        "outcome_end_window_days",
        "outcome_t2_first_days",
        "outcome_t2_target_days",
        "outcome_t2_last_days",
        "follow_on_days",
    }
    assert all(setting.source for setting in profile.settings.values())


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_all_faults_are_told_at_once_with_file_and_key(tmp_path):
    write(
        tmp_path,
        "codes/colour.yaml",
        "list: color\nlabel: {nl: kleur, en: colour}\nprovenance: default\nsource: x\ncodes: {}\n",
    )
    write(
        tmp_path,
        "records/thing.yaml",
        "kind: thing\nlabel: {nl: ding}\nkey: [thing_id]\nfields: {}\n",
    )
    write(tmp_path, "profiles/krachtwerk.yaml", "programme: krachtwerk\nprogramme: houvast\n")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path)
    told = [(fault.file, fault.key) for fault in caught.value.faults]
    assert told == [
        ("codes/colour.yaml", "list"),
        ("profiles/krachtwerk.yaml", "line 2"),
        ("records/thing.yaml", "label.en"),
    ]


def test_a_reference_that_leads_nowhere_is_a_fault(tmp_path):
    write(
        tmp_path,
        "records/thing.yaml",
        "kind: thing\nlabel: {nl: ding, en: thing}\nkey: [thing_id]\nfields:\n"
        "  thing_id: {type: id, required: true, label: {nl: ding, en: thing}}\n"
        "  colour: {type: code, codes: colour, label: {nl: kleur, en: colour}}\n"
        "  box_id: {type: id, references: box.box_id, label: {nl: doos, en: box}}\n",
    )
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path)
    assert [fault.key for fault in caught.value.faults] == [
        "fields.box_id.references",
        "fields.colour.codes",
    ]


def test_a_synonym_that_stands_for_two_codes_is_a_fault(tmp_path):
    write(
        tmp_path,
        "codes/answer.yaml",
        "list: answer\nlabel: {nl: antwoord, en: answer}\nprovenance: default\nsource: x\ncodes:\n"
        "  'yes': {label: {nl: ja, en: 'yes'}, synonyms: ['Ja']}\n"
        "  'no': {label: {nl: nee, en: 'no'}, synonyms: ['JA']}\n",
    )
    with pytest.raises(CatalogueError, match="stands for both"):
        read_catalogue(tmp_path)
