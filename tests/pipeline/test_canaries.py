"""Planted BSN, name, e-mail, birth date and story: nothing a run writes or says holds any of them.

The search is written for this test alone, so that it does not share a blind spot with the code.
"""

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import openpyxl
import pytest

from assets.definitions import defs
from pipelines.warehouse import open_warehouse
from tests.conftest import SAMPLE_DATA
from tests.pipeline.conftest import SMALL_FILES

BSN, DOTTED_BSN = "123456782", "1234.56.782"
NAME, MAIL = "Tjiftjaf Kanarie", "kanarie@voorbeeld.example"
BIRTH, ISO_BIRTH = "29-02-1904", "1904-02-29"
STORY = "Meneer Garde vertelde dat zijn zus hem op zondag altijd opbelt en dan samen zingt."
CANARIES = (BSN, DOTTED_BSN, NAME, "Kanarie", MAIL, BIRTH, ISO_BIRTH, "zijn zus hem")
UNDECLARED = (("BSN", BSN), ("Naam", NAME), ("Mail", MAIL), ("Geboren", BIRTH), ("Verhaal", STORY))


@dataclass(frozen=True)
class CanaryRun:
    home: Path
    dagster: Path  # Dagster's own storage
    said: str  # standard output and error of all runs


def plant_trajectories(lines: list[str]) -> str:
    """The trajectories with canaries in every kind of cell, below a preamble."""
    header, *rows = lines
    names = header.split(",")
    cells = [row.split(",") for row in rows]

    def put(row: int, column: str, text: str) -> None:
        cells[row][names.index(column)] = text

    put(0, "target_group", f"zus van {BSN}")  # kept text: the whole column is held back
    put(1, "age_band", BIRTH)
    put(2, "age_band", ISO_BIRTH)
    put(3, "programme", STORY)
    put(4, "start_date", BSN)
    put(5, "end_date", MAIL)
    put(6, "sequence", DOTTED_BSN)
    put(7, "client_id", BSN)  # ids are hashed
    put(8, "trajectory_id", NAME)
    put(9, "worker_id", MAIL)
    put(10, "gender", f"{STORY} {STORY}")
    extra = [text for _, text in UNDECLARED]
    table = [[*names, *(column for column, _ in UNDECLARED)], *([*row, *extra] for row in cells)]
    table += [["Totaal", NAME, BSN, MAIL, BIRTH], [*cells[11], NAME, BSN]]  # total and ragged row
    preamble = [[f"Gemaakt door {NAME}"], [STORY, BSN], [""]]
    return "\n".join(",".join(row) for row in [*preamble, *table]) + "\n"


def write_contacts(path: Path) -> None:
    """A workbook with canaries in the name of the sheet, in number cells and beside the table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"contact {BSN}"
    sheet.append(["contact_id", "trajectory_id", "contact_date", "mode", "duration_minutes", MAIL])
    for number in range(1, 6):
        sheet.append([f"c{number}", "pd-t0001", "2024-02-01", "phone", 30, NAME])
    sheet.append(["c6", "pd-t0001", BSN, STORY, int(BSN), BSN])
    sheet.append([int(BSN), "pd-t0001", "2024-02-01", BIRTH, 30, STORY])
    book.create_sheet(f"notities {BSN}").append([NAME, STORY])
    book.save(path)


def fill(inbox: Path) -> None:
    folder = inbox / "papaverdal"
    folder.mkdir(parents=True)
    source = SAMPLE_DATA / "inbox" / "papaverdal"
    for name in set(SMALL_FILES) - {"trajectory.csv"}:
        (folder / name).write_bytes((source / name).read_bytes())
    lines = (source / "trajectory.csv").read_text(encoding="utf-8").splitlines()
    (folder / f"trajectory_{BSN}.csv").write_text(plant_trajectories(lines), encoding="utf-8")
    write_contacts(folder / "contact.xlsx")
    (folder / f"brief van {MAIL}.csv").write_text(f"{NAME};{BSN}\n{STORY};{BIRTH}\n")


@pytest.fixture(scope="module")
def canary_run(tmp_path_factory) -> CanaryRun:
    root = tmp_path_factory.mktemp("canary")
    fill(root / "inbox")
    (root / "key").write_bytes(bytes(range(32)))
    (root / "key").chmod(0o600)
    storage = root / "dagster"
    storage.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("inbox", "home", "key"):
            option = {"key": "KEY_FILE"}.get(name, name.upper())
            patch.setenv(f"KRACHTWERK_{option}", str(root / name))
        said = run_command(root)
        with dg.DagsterInstance.local_temp(str(storage)) as instance:
            defs.resolve_job_def("refresh").execute_in_process(instance=instance)
    return CanaryRun(root / "home", storage, said)


def run_command(root: Path) -> str:
    """What ``krachtwerk run`` says, in a process of its own."""

    command = [sys.executable, "-m", "assets.command_line", "run"]
    done = subprocess.run(
        command, cwd=SAMPLE_DATA.parent, capture_output=True, text=True, check=False
    )
    (root / "said").write_text(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def list_contents(root: Path):
    """(place, bytes) of everything below a folder, packed things also unpacked."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield str(path), str(path.name).encode()
        yield str(path), path.read_bytes()
        if path.suffix == ".parquet":
            with open_warehouse() as warehouse:
                yield str(path), repr(warehouse.fetch_all(f"from read_parquet('{path}')")).encode()
        elif path.suffix == ".duckdb":
            with open_warehouse(path, is_read_only=True) as warehouse:
                yield from list_tables(warehouse, path)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                for name in parts.namelist():
                    yield f"{path}/{name}", parts.read(name)


def list_tables(warehouse, path: Path):
    tables = warehouse.fetch_all("select table_schema, table_name from information_schema.tables")
    for schema, table in tables:
        rows = warehouse.fetch_all(f'from "{schema}"."{table}"')
        yield f"{path}:{schema}.{table}", repr(rows).encode()


def find_canaries(contents) -> list[tuple[str, str]]:
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
    return [
        (place, canary)
        for place, content in contents
        for canary in CANARIES
        if any(
            written.encode(encoding) in content
            for written in (canary, canary.lower())
            for encoding in encodings
        )
    ]


def test_search_finds_a_canary_in_every_way_it_may_be_kept(tmp_path):
    (tmp_path / "a.txt").write_bytes(f"x {NAME}".encode("utf-16"))
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("c.xml", STORY * 9)
    with open_warehouse(tmp_path / "d.duckdb") as warehouse:
        warehouse.execute("create table t as select ? as x", [BSN])
        warehouse.execute(f"copy t to '{tmp_path}/e.parquet' (format parquet)")
    found = {
        Path(place.partition(":")[0]).name for place, _ in find_canaries(list_contents(tmp_path))
    }
    assert {"a.txt", "c.xml", "d.duckdb", "e.parquet"} <= found


def test_canaries_reached_the_door(canary_run):
    with open_warehouse(canary_run.home / "warehouse.duckdb", is_read_only=True) as warehouse:
        (rows,) = warehouse.fetch_one(
            "select count(*) from quality.quarantine where reason = 'held_back'"
        )
        (staged,) = warehouse.fetch_one("select count(*) from staged.trajectory")
    assert rows >= 6
    assert staged > 100
    assert "#held_back" in canary_run.said  # the refused file, named without the address


def test_no_file_of_the_home_holds_a_canary(canary_run):
    assert find_canaries(list_contents(canary_run.home)) == []


def test_dagster_stores_and_logs_no_canary(canary_run):
    contents = list(list_contents(canary_run.dagster))
    assert sum(len(content) for _, content in contents) > 100_000  # it did keep its events
    assert find_canaries(contents) == []


def test_nothing_that_is_said_holds_a_canary(canary_run):
    assert find_canaries([("said", canary_run.said.encode())]) == []
