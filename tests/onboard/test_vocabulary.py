import pytest

from pipelines.catalogue import load_catalogue
from pipelines.onboard.knowledge import find_knowledge_faults, load_knowledge
from pipelines.onboard.vocabulary import make_vocabulary

CATALOGUE = load_catalogue()
VOCABULARY = make_vocabulary(CATALOGUE, load_knowledge())


def test_every_word_belongs_to_a_field_list_or_code_that_exists():
    assert find_knowledge_faults(load_knowledge(), CATALOGUE) == []


@pytest.mark.parametrize("kind", CATALOGUE.records)
def test_every_field_has_words_to_recognise_it(kind):
    words = load_knowledge().kinds[kind]
    assert words.titles
    assert set(words.fields) == set(CATALOGUE.records[kind].fields)
    assert all(field.words for field in words.fields.values())


@pytest.mark.parametrize(
    "header",
    ["Cliëntnummer", "client_id", "cl. id cliënt", "ClientNr", "CLIËNT-NUMMER", "CliÃ«ntnummer"],
)
def test_one_thing_is_the_same_words_in_every_spelling(header):
    assert set(VOCABULARY.read(header)) - {"cl"} == {"client", "nummer"}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Startdatum traject", ("start", "datum", "traject")),
        ("Besprekingsnummer", ("bespreking", "nummer")),
        ("aantalContactmomenten", ("aantal", "contact")),
        ("Locatie(s)", ("team",)),
        ("employee number", ("medewerker", "nummer")),
    ],
)
def test_compounds_plurals_humps_and_languages_become_the_same_words(header, words):
    assert VOCABULARY.read(header) == words


def test_a_telling_word_weighs_more_than_a_common_one():
    header = VOCABULARY.read("Datum ecogram")
    nothing = frozenset()
    same_thing = VOCABULARY.compare(header, VOCABULARY.read("ecogram gemaakt"), nothing)
    same_type = VOCABULARY.compare(header, VOCABULARY.read("datum contact"), nothing)
    assert same_thing > same_type


@pytest.mark.parametrize("text", ["Wel akkoord", "In uitvoering", "Cliënt zelf", "leefgebied 1"])
def test_a_text_of_our_own_words_may_be_shown(text):
    assert VOCABULARY.is_own_text(text)


@pytest.mark.parametrize(
    "text", ["Wilg Roerdomp", "cliënt Roerdomp", "w@huis.example", "123456782"]
)
def test_a_text_with_any_other_word_may_not(text):
    assert not VOCABULARY.is_own_text(text)
