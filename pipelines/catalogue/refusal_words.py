"""Why a file was refused, as sentences in the language of the reader.

What does not belong here: which reasons there are (``pipelines.deliveries.refused``).
"""

from collections.abc import Mapping

from pipelines.catalogue.wording import Words

RefusalValue = int | str | list[str]


def describe_refusal(words: Words, code: str, values: Mapping[str, RefusalValue]) -> str:
    """What is wrong with a file and what its supplier must do.

    Raises:
        KeyError: there are no words for this code, or the words name a value that was not given.
    """
    written = {name: _write_value(value, words.language) for name, value in values.items()}
    return words(f"refusal.{code}", **written)


def _write_value(value: RefusalValue, language: str) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", "." if language == "nl" else ",")
    return value if isinstance(value, str) else ", ".join(value)
