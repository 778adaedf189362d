"""Settings come from options or their environment twins, and every fault is said plainly."""

from datetime import date

import pytest

from assets.settings import read_run
from pipelines.errors import UserError

GOOD = {"inbox": "/data/in", "home": "/data/out", "key_file": "/data/key"}


def test_an_option_wins_from_its_environment_twin():
    environment = {"KRACHTWERK_HOME": "/data/other", "KRACHTWERK_AS_OF": "2026-03-31"}
    run = read_run({**GOOD, "as_of": None}, environment)
    assert str(run.home) == "/data/out"
    assert run.as_of == date(2026, 3, 31)


def test_without_options_the_environment_is_enough():
    run = read_run({}, {f"KRACHTWERK_{name.upper()}": value for name, value in GOOD.items()})
    assert (str(run.inbox), str(run.home), str(run.key_file)) == tuple(GOOD.values())
    assert (run.as_of, run.languages) == (None, ("nl", "en"))


def test_languages_keep_their_order_and_lose_repeats():
    assert read_run({**GOOD, "languages": "en, nl,en"}, {}).languages == ("en", "nl")


def test_files_for_research_are_labelled_in_the_first_language_unless_told():
    assert read_run({**GOOD, "languages": "en,nl"}, {}).research_language == "en"
    assert read_run({**GOOD, "research_language": "en"}, {}).research_language == "en"


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({**GOOD, "inbox": None}, "--inbox"),
        ({**GOOD, "home": None}, "--home"),
        ({**GOOD, "key_file": None}, "KRACHTWERK_KEY_FILE"),
        ({**GOOD, "as_of": "31-03-2026"}, "--as-of"),
        ({**GOOD, "languages": "nl,fr"}, "--languages"),
        ({**GOOD, "languages": ","}, "--languages"),
        ({**GOOD, "research_language": "fr"}, "--research-language"),
        ({**GOOD, "inbox": __file__}, __file__),
    ],
)
def test_a_wrong_setting_is_said_with_its_place(options, where):
    with pytest.raises(UserError) as caught:
        read_run(options, {})
    assert where in caught.value.where
