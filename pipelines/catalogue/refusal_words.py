"""Why a file was refused or waits, as sentences in the language of the reader.

What does not belong here: which reasons there are (``deliveries.refused``, ``deliveries.jumps``).
"""

from collections.abc import Mapping

from pipelines.catalogue.wording import Words

RefusalValue = int | str | list[str]


def describe_refusal(words: Words, code: str, values: Mapping[str, RefusalValue]) -> str:
    """What is wrong with a file and what its supplier must do.

    Raises:
        KeyError: there are no words for this code, or the words name a value that was not given.
    """
    return words(f"refusal.{code}", **_write_values(values, words.language))


def describe_jump(words: Words, code: str, values: Mapping[str, RefusalValue]) -> str:
    """What is sudden about a file that waits.

    Raises:
        KeyError: there are no words for this code, or the words name a value that was not given.
    """
    return words(f"jump.{code}", **_write_values(values, words.language))


def _write_values(values: Mapping[str, RefusalValue], language: str) -> dict[str, str]:
    return {name: _write_value(value, language) for name, value in values.items()}


def _write_value(value: RefusalValue, language: str) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", "." if language == "nl" else ",")
    return value if isinstance(value, str) else ", ".join(value)
