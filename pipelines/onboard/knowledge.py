"""The words by which exports are recognised, read once from the catalogue and checked."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from pipelines.catalogue import Catalogue, CatalogueError, Fault
from pipelines.catalogue.loader import read_yaml
from pipelines.catalogue.models.base import Declaration
from pipelines.catalogue.models.onboarding import CodeListWords, HeaderWords, KindWords

FOLDER = Path(str(resources.files("pipelines.catalogue"))) / "onboarding"
YES_NO = "yes_no"  # the list of codes/ that belongs to no code list of ours


@dataclass(frozen=True)
class Knowledge:
    """Everything that is known about how exports call things."""

    headers: HeaderWords
    kinds: dict[str, KindWords]
    codes: dict[str, CodeListWords]


@cache
def load_knowledge() -> Knowledge:
    """The shipped words.

    Raises:
        CatalogueError: one or more files are faulty; it holds every fault.
    """
    return read_knowledge(FOLDER)


def read_knowledge(folder: Path) -> Knowledge:
    """The words in ``folder``: ``headers.yaml``, ``fields/<kind>.yaml``, ``codes/<list>.yaml``.

    Raises:
        CatalogueError: one or more files are faulty; it holds every fault.
    """
    faults: list[Fault] = []
    headers = _read(folder / "headers.yaml", HeaderWords, faults)
    kinds = [_read(path, KindWords, faults) for path in sorted(folder.glob("fields/*.yaml"))]
    codes = [_read(path, CodeListWords, faults) for path in sorted(folder.glob("codes/*.yaml"))]
    if faults:
        raise CatalogueError(faults)
    return Knowledge(headers, {one.kind: one for one in kinds}, {one.list: one for one in codes})


def find_knowledge_faults(knowledge: Knowledge, catalogue: Catalogue) -> list[str]:
    """Every word that belongs to a kind, field, list or code that the catalogue does not have."""
    faults = []
    for kind, words in knowledge.kinds.items():
        declared = catalogue.records.get(kind)
        known = declared.fields if declared else {}
        names = [*words.fields, *words.same_as, *words.same_as.values()]
        faults += [f"fields/{kind}: no field {name!r}" for name in names if name not in known]
        if words.inside:
            host = catalogue.records[words.inside.kind].fields
            names = [words.inside.only_where, *words.inside.shared.values()]
            faults += [
                f"fields/{kind}: inside: no field {one!r}" for one in names if one not in host
            ]
    faults += [
        f"fields: none for {kind!r}" for kind in catalogue.records if kind not in knowledge.kinds
    ]
    for name, words in knowledge.codes.items():
        if name == YES_NO:
            continue
        declared = catalogue.codes.get(name)
        known = declared.codes if declared else {}
        faults += [f"codes/{name}: no code {code!r}" for code in words.codes if code not in known]
    return faults


def _read(path: Path, model: type[Declaration], faults: list[Fault]):
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        for detail in error.errors():
            key = ".".join(str(part) for part in detail["loc"]) or "file"
            faults.append(Fault(f"onboarding/{path.name}", key, detail["msg"]))
        return None
