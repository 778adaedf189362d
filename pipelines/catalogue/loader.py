"""Reads every declaration once and reports all faults together.

What belongs here: finding, parsing and cross-checking YAML files. Not: turning declarations into
SQL (each room does that for itself) and overlays of an organisation (their own module).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import ValidationError

from pipelines.catalogue.faults import CatalogueError, Fault
from pipelines.catalogue.models.audit_instruments import AuditInstrument
from pipelines.catalogue.models.bands import BandSet
from pipelines.catalogue.models.base import Declaration
from pipelines.catalogue.models.codes import CodeList
from pipelines.catalogue.models.hypotheses import Hypothesis
from pipelines.catalogue.models.indicators import AnchorSet, Indicator, Requirement
from pipelines.catalogue.models.instruments import Instrument
from pipelines.catalogue.models.jump_limits import JumpLimits
from pipelines.catalogue.models.profiles import Profile
from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import Source

ROOMS: dict[str, tuple[type[Declaration], str]] = {
    "records": (RecordKind, "kind"),
    "codes": (CodeList, "list"),
    "sources": (Source, "source"),
    "profiles": (Profile, "programme"),
    "anchors": (AnchorSet, "anchors"),
    "bands": (BandSet, "bands"),
    "indicators": (Indicator, "id"),
    "requirements": (Requirement, "id"),
    "instruments": (Instrument, "instrument"),
    "hypotheses": (Hypothesis, "id"),
    "audit_instruments": (AuditInstrument, "instrument"),
    "jump_limits": (JumpLimits, "limits"),
}


@dataclass(frozen=True)
class KeptVersion:
    """The shipped version of an indicator that an organisation replaced but has scored as well."""

    indicator: Indicator
    anchors: AnchorSet | None


@dataclass(frozen=True)
class Catalogue:
    """All declarations, by room and id, in a stable order."""

    records: dict[str, RecordKind] = field(default_factory=dict)
    codes: dict[str, CodeList] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    anchors: dict[str, AnchorSet] = field(default_factory=dict)
    bands: dict[str, BandSet] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    hypotheses: dict[str, Hypothesis] = field(default_factory=dict)
    audit_instruments: dict[str, AuditInstrument] = field(default_factory=dict)
    jump_limits: dict[str, JumpLimits] = field(default_factory=dict)
    # What only an overlay fills: versions scored beside its own, words of pages by language.
    kept_versions: dict[str, KeptVersion] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)


# The same language either way; the one in C reads the catalogue five times as fast.
_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeyLoader(_SafeLoader):
    """YAML reader that refuses a key given twice and keeps yes/no/dates as text."""


def _construct_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode, deep: bool = False):
    seen = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=deep)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key given twice: {key}", key_node.start_mark
            )
        seen.add(key)
    return yaml.constructor.SafeConstructor.construct_mapping(loader, node, deep)


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(path: Path) -> object:
    """The content of one YAML file.

    Raises:
        yaml.YAMLError: the file is not YAML or gives a key twice.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)


def _iterate_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(folder.glob("*.yaml"))


def keep_content(content: object, _name: str) -> object:
    """The content of a file of the shipped catalogue: as it is."""
    return content


def read_room(
    root: Path,
    room: str,
    faults: list[Fault],
    prepare: Callable[[object, str], object] = keep_content,
) -> dict[str, Declaration]:
    """The declarations in ``root/room`` by id; what is wrong with them is added to ``faults``.

    Args:
        prepare: makes of the content of a file and its name (without suffix) what is validated.
    """
    model, id_field = ROOMS[room]
    found: dict[str, Declaration] = {}
    for path in _iterate_files(root / room):
        name = f"{room}/{path.name}"
        try:
            declaration = model.model_validate(prepare(read_yaml(path), path.stem))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"line {mark.line + 1}" if mark else "file"
            faults.append(Fault(name, place, getattr(error, "problem", None) or str(error)))
            continue
        except UnicodeDecodeError:
            faults.append(Fault(name, "file", "is not text in UTF-8"))
            continue
        except ValidationError as error:
            for detail in error.errors():
                key = ".".join(str(part) for part in detail["loc"]) or "file"
                faults.append(Fault(name, key, detail["msg"]))
            continue
        identity = getattr(declaration, id_field)
        if identity != path.stem:
            faults.append(
                Fault(name, id_field, f"is {identity!r}, the file is called {path.stem!r}")
            )
        found[identity] = declaration
    return found


def read_catalogue(root: Path) -> Catalogue:
    """The catalogue in the folder ``root``.

    Raises:
        CatalogueError: one or more declarations are faulty; it holds every fault.
    """
    from pipelines.catalogue.crosscheck import find_cross_faults

    faults: list[Fault] = []
    catalogue = Catalogue(**{room: read_room(root, room, faults) for room in ROOMS})
    if not faults:
        faults.extend(find_cross_faults(catalogue))
    if faults:
        raise CatalogueError(faults)
    return catalogue


@cache
def load_catalogue() -> Catalogue:
    """The shipped catalogue, read and validated once per process."""
    return read_catalogue(Path(str(resources.files("pipelines.catalogue"))))
