"""What a release shows of one organisation, kept beside its pages, and what differs from the last.

The file holds figures that stand on the pages and nothing else. Not here: why a figure changed
(``krachtwerk changes``), and words.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reports.organisation import Organisation
from reports.tables import to_rows

FILE = "release.json"


@dataclass(frozen=True)
class FigureChange:
    """One figure of a closed period that is not what it was."""

    score_key: str
    value_before: float | None
    value_now: float | None
    score_before: float | None
    score_now: float | None


@dataclass(frozen=True)
class ReleaseChanges:
    """What is different since the release before; all empty for a first release."""

    previous: str | None = None  # name of the release before
    new_files: tuple[str, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)  # kind of change -> how many figures
    corrected: tuple[FigureChange, ...] = ()
    new_versions: tuple[tuple[str, int, int], ...] = ()  # indicator, version before, version now


def list_figures(organisation: Organisation) -> dict[str, list]:
    """score_key -> [value, score, status, is_provisional], as published."""
    entities = [organisation.itself, *organisation.teams]
    rows = [row for entity in entities for row in to_rows(entity.scores)]
    return {
        row["score_key"]: [row["value"], row["score"], row["status"], bool(row["is_provisional"])]
        for row in sorted(rows, key=lambda row: row["score_key"])
    }


def write_release(organisation: Organisation, release_id: str, versions: dict[str, int]) -> bytes:
    """The content of ``release.json``.

    Args:
        versions: indicator_id -> the version that the organisation works with.
    """
    content = {
        "release": release_id,
        "known_until": str(organisation.known_until),
        "deliveries": sorted({row["delivery"] for row in organisation.deliveries}),
        "versions": versions,
        "figures": list_figures(organisation),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def read_release(folder: Path | None) -> dict | None:
    """The ``release.json`` of a published folder; None without one."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return None
    return json.loads(path.read_text(encoding="utf-8"))


def compare(
    organisation: Organisation, versions: dict[str, int], before: dict | None
) -> ReleaseChanges:
    """What the new release shows that the one before did not."""
    if before is None:
        return ReleaseChanges()
    now = list_figures(organisation)
    known = set(before["deliveries"])
    return ReleaseChanges(
        previous=before["release"],
        new_files=tuple(
            sorted({row["file"] for row in organisation.deliveries if row["delivery"] not in known})
        ),
        figures=_count(before["figures"], now),
        corrected=tuple(_list_corrected(before["figures"], now)),
        new_versions=tuple(
            (id, before["versions"][id], version)
            for id, version in sorted(versions.items())
            if id in before["versions"] and before["versions"][id] != version
        ),
    )


def _count(before: dict[str, list], now: dict[str, list]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for key in before.keys() | now.keys():
        if key not in before:
            counts["added"] += 1
        elif key not in now:
            counts["gone"] += 1
        elif now[key][:3] == before[key][:3]:
            counts["same"] += 1
        elif before[key][3]:
            counts["provisional"] += 1
        else:
            counts["corrected"] += 1
    return dict(counts)


def _list_corrected(before: dict[str, list], now: dict[str, list]):
    for key in sorted(before.keys() & now.keys()):
        old, new = before[key], now[key]
        if not old[3] and old[:3] != new[:3]:
            yield FigureChange(key, old[0], new[0], old[1], new[1])
