"""The words of an overlay: other wording for texts that the pages have.

What does not belong here: names and rule texts of indicators, which stand in their declarations.
"""

from pathlib import Path
from string import Formatter

import yaml

from pipelines.catalogue.faults import Fault
from pipelines.catalogue.wording import LANGUAGES, load_words, read_words


def read_own_words(folder: Path, faults: list[Fault]) -> dict[str, dict[str, str]]:
    """language -> key -> words; what is wrong with them is added to ``faults``."""
    found: dict[str, dict[str, str]] = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        if path.name not in LANGUAGES and not path.name.startswith("."):
            expected = ", ".join(LANGUAGES)
            faults.append(Fault(f"words/{path.name}", "name", f"not one of the folders {expected}"))
    for language in LANGUAGES:
        try:
            texts = dict(read_words(folder, language).texts)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(Fault(f"words/{language}", "file", str(error).replace("\n", " ")))
            continue
        shipped = load_words(language).texts
        for key, text in texts.items():
            file = f"words/{language}/{key.partition('.')[0]}.yaml"
            if key not in shipped:
                faults.append(Fault(file, key, "no page has words under this key"))
            elif _list_placeholders(text) != _list_placeholders(shipped[key]):
                expected = ", ".join(sorted(_list_placeholders(shipped[key]) or {"none"}))
                faults.append(Fault(file, key, f"the placeholders must be: {expected}"))
        found[language] = texts
    return found


def _list_placeholders(text: str) -> set[str] | None:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:  # a brace that stands alone
        return None
