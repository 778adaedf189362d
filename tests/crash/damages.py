"""Every kind of damage that a home can have, what is said of it, and who cures it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pipelines.deliveries import read_journal
from pipelines.deliveries.journal import append_event
from pipelines.doctor import Cure
from pipelines.warehouse import open_warehouse


def find_landing(home: Path, file: str) -> Path:
    deliveries, _ = read_journal(home / "journal.jsonl")
    return home / "landing" / next(one.landing for one in deliveries if one.file == file)


def flip(path: Path) -> None:
    """Damage that leaves the file as long as it was."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.chmod(0o600)
    path.write_bytes(content)


def shorten_landing(home: Path) -> None:
    path = find_landing(home, "team.csv")
    path.chmod(0o600)
    path.write_bytes(b"PAR1")


def rewrite_landing(home: Path) -> None:
    """Other rows in a whole file: the journal has no line about it (yet)."""
    path = find_landing(home, "team.csv")
    with open_warehouse() as warehouse:
        warehouse.execute("create table kept as from read_parquet(?)", [str(path)])
        path.unlink()
        warehouse.execute(f"copy (from kept limit 1) to '{path}' (format parquet)")


def tear_journal(home: Path) -> None:
    with (home / "journal.jsonl").open("a") as journal:
        journal.write('{"event": "deli')


def spoil_journal(home: Path) -> None:
    path = home / "journal.jsonl"
    first, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([first[: len(first) // 2] + "\n", *rest]))


def empty_entry(home: Path) -> None:
    append_event(home / "journal.jsonl", {"event": "delivery", "delivery": "a1"})


def leave_behind(home: Path) -> None:
    (home / ".door").mkdir()
    (home / ".door" / "transcoded.csv").write_text("x")


def lose_page(home: Path) -> None:
    next((home / "site").resolve().rglob("index.html")).unlink()


def show_other_release(home: Path) -> None:
    (home / "site").unlink()


def spoil_results(home: Path) -> None:
    flip(home / "results" / "indicator_scores.parquet")


Damage = tuple[Callable[[Path], object], str, Cure]
DAMAGES: dict[str, Damage] = {
    "torn_journal": (tear_journal, "The last line of the journal is torn", Cure.CUT),
    "spoilt_journal": (spoil_journal, "A line of the journal cannot be read.", Cure.CUT),
    "empty_entry": (empty_entry, "A line of the journal cannot be read.", Cure.CUT),
    "landing_missing": (
        lambda home: find_landing(home, "team.csv").unlink(),
        "The landed rows of an accepted file are missing.",
        Cure.READ_AGAIN,
    ),
    "landing_damaged": (
        lambda home: flip(find_landing(home, "team.csv")),
        "The landed rows of an accepted file are damaged.",
        Cure.READ_AGAIN,
    ),
    "landing_short": (
        shorten_landing,
        "The landed rows of an accepted file are damaged, by its length.",
        Cure.READ_AGAIN,
    ),
    "landing_rewritten": (
        rewrite_landing,
        "The landed rows of an accepted file were written anew, and the journal does not know",
        Cure.READ_AGAIN,
    ),
    "half_written": (
        lambda home: (home / "landing" / "a.draft").write_bytes(b"PAR1"),
        "A half-written file lies in landing",
        Cure.REMOVE,
    ),
    "no_warehouse": (
        lambda home: (home / "warehouse.duckdb").unlink(),
        "There is no warehouse.",
        Cure.RUN,
    ),
    "warehouse_damaged": (
        lambda home: (home / "warehouse.duckdb").write_bytes(b"x" * 50_000),
        "The warehouse is damaged.",
        Cure.SET_ASIDE,
    ),
    "results_damaged": (spoil_results, "A table of the results is missing or damaged.", Cure.RUN),
    "results_gone": (
        lambda home: (home / "results").unlink(),
        "The description of the results is missing or damaged.",
        Cure.RUN,
    ),
    "protected_damaged": (
        lambda home: (home / "protected" / "team.parquet").write_bytes(b"PAR1"),
        "A protected table is missing or damaged.",
        Cure.RUN,
    ),
    "page_lost": (lose_page, "Pages of the last release are missing or damaged.", Cure.RUN),
    "release_lost": (
        lambda home: shutil.rmtree((home / "site").resolve()),
        "The last release is missing.",
        Cure.RUN,
    ),
    "site_lost": (
        show_other_release,
        "The site does not show the last release of the journal.",
        Cure.RUN,
    ),
    "left_behind": (leave_behind, "left something behind", Cure.REMOVE),
    "forgetting_left_behind": (
        lambda home: (home / ".forget").mkdir(),
        "left something behind",
        Cure.REMOVE,
    ),
}
