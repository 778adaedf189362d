from pathlib import Path

import pytest

from pipelines.catalogue.wording import LANGUAGES, Words, find_word_faults, load_words, read_words
from reports.requirement_lines import STATUSES
from tests.wording.causal import find_causal_wording

EXCLUSION_REASONS = (
    "not_yet_due",
    "ended_before_limit",
    "too_young",
    "team_not_active",
    "before_first_record",
    "not_recorded",
    "not_applicable",
    "kind_not_delivered",
)


def test_every_word_exists_in_both_languages_with_the_same_placeholders():
    assert list(find_word_faults({language: load_words(language) for language in LANGUAGES})) == []


def test_missing_word_and_differing_placeholder_are_found(tmp_path: Path):
    for language, text in (("nl", "a: 'drie {n}'\nb: twee"), ("en", "a: 'three {m}'")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "page.yaml").write_text(text)
    words = {language: read_words(tmp_path, language) for language in LANGUAGES}
    faults = list(find_word_faults(words))
    assert faults[0].startswith("page.a: placeholders differ")
    assert faults[1:] == ["page.b: no words in en"]


def test_words_without_an_entry_are_an_error_and_not_an_empty_place():
    with pytest.raises(KeyError):
        load_words("nl")("overview.no_such_key")


def test_placeholder_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        Words("nl", {"a.b": "{number} teams"})("a.b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_that_a_result_can_have_has_words(language):
    words = load_words(language)
    for status in ("scored", "no_norm", "too_few", "too_incomplete", "no_data", "suppressed"):
        assert words(f"status.{status}")
        assert words(f"status_meaning.{status}")
    for status in ("shown", "single_indicator", "too_incomplete", "no_data", "suppressed"):
        assert words(f"profile_status.{status}")
    for status in STATUSES:
        assert words(f"requirement_status.{status}")
    for reason in EXCLUSION_REASONS:
        assert words(f"exclusion.{reason}")


def test_no_word_of_a_page_claims_a_cause():
    for language in LANGUAGES:
        for key, text in load_words(language).texts.items():
            assert find_causal_wording(text) == [], key
