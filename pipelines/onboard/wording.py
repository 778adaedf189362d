"""Reasons as sentences in the language of the reader."""

from collections.abc import Iterable

from pipelines.catalogue import Catalogue
from pipelines.catalogue.refusal_words import describe_refusal
from pipelines.catalogue.wording import Words
from pipelines.onboard.files import NO_HEADER, NO_ROWS, SAME_FILE, UnreadFile
from pipelines.onboard.proposal import Why


def describe_whys(whys: Iterable[Why], catalogue: Catalogue, words: Words) -> str:
    """The reasons as short sentences behind each other."""
    told = []
    for why in whys:
        values: dict[str, object] = dict(why.values)
        if "field" in values:
            kind, field = str(values.pop("kind")), str(values["field"])
            values["field"] = name_field(catalogue, kind, field, words.language)
        told.append(words(f"onboard.why.{why.code}", **values))
    return " ".join(told)


def name_field(catalogue: Catalogue, kind: str, field: str, language: str) -> str:
    """``trajectory.start_date`` -> ``startdatum (begeleidingstraject)``."""
    declared = catalogue.records[kind]
    label = declared.fields[field].label.in_language(language)
    return f"{label} ({declared.label.in_language(language)})"


def describe_unread(unread: UnreadFile, words: Words) -> str:
    """Why a file or sheet was not looked at."""
    if unread.code in (NO_HEADER, NO_ROWS, SAME_FILE):
        return words(f"onboard.unread.{unread.code}", **unread.values)
    return describe_refusal(words, unread.code, unread.values)
