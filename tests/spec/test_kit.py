"""The conformance kit, run as an outsider would: export files in, ``krachtwerk run``, results out.

Cases that say nothing of all organisations together are read from one inbox, under names of their
own, by the same assets and checks up to the results: nobody looks at sixty organisations' pages.
"""

import ast
import csv
import hashlib
import hmac
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from itertools import product
from pathlib import Path

import dagster as dg
import pytest
import yaml

from assets.command_line import main
from assets.publication_assets import RESULTS
from assets.session import open_session
from assets.settings import read_run
from assets.table_assets import make_key
from assets.whole_run import materialize_assets
from pipelines.deliveries.keys import PseudonymKey
from pipelines.warehouse import open_warehouse
from tests.spec.kit_files import ABSENT_FILE, ID_COLUMNS, KIT, UNIT_COLUMNS, read_case

CASES = sorted(path.name for path in KIT.iterdir() if path.is_dir())
TOGETHER = [case for case in CASES if all(org for *_, org in read_case(case)["asked"])]
ALONE = [case for case in CASES if case not in TOGETHER]
KEY = bytes(range(40))


def read_rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_inbox(case: str, inbox: Path, rename: Callable[[str], str]) -> None:
    """Puts the folders of a case in the inbox, each organisation under another name."""
    for folder in sorted((KIT / case / "inbox").iterdir()):
        name = rename(folder.name)
        shutil.copytree(folder, inbox / name)
        path = inbox / name / "organisation.yaml"
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        settings["organisation_id"] = name
        path.write_text(yaml.safe_dump(settings), encoding="utf-8")


def run_inbox(root: Path) -> Path:
    """``krachtwerk run`` on ``root/inbox``; returns the folder of results."""
    printed = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setenv("KRACHTWERK_KEY_FILE", str(write_key(root)))
        arguments = ["--inbox", str(root / "inbox"), "--home", str(root / "home")]
        code = main(["run", *arguments, "--languages", "nl"])
    assert code == 0, printed.getvalue()
    return root / "home" / "results"


def make_results(root: Path) -> Path:
    """The results of ``root/inbox`` as a run makes them, without the pages."""
    run = read_run({"inbox": str(root / "inbox"), "home": str(root / "home"),
                    "key_file": str(write_key(root))})  # fmt: skip
    printed: list[str] = []
    with open_session(run) as session:
        results = dg.AssetSelection.assets(make_key(RESULTS)).upstream()
        results = results.required_multi_asset_neighbors()
        assert materialize_assets(session, printed.append, results), printed
    return run.results


def write_key(root: Path) -> Path:
    key_file = root / "key"
    key_file.write_bytes(KEY)
    key_file.chmod(0o600)
    return key_file


def pseudonyms_of(organisation: str, text: str) -> set[str]:
    """What may stand for a unit id of the kit in results: of every id in it a hash, or itself."""
    key = PseudonymKey(KEY).derive(organisation)
    names = [
        [part] + [
            hmac.new(key, f"{domain}\x1f{part}".encode(), hashlib.sha256).hexdigest()[:20]
            for domain in ("record", "worker")
        ]
        for part in text.split("|")
    ]  # fmt: skip
    return {"|".join(parts) for parts in product(*names)}


class Results:
    """The results of a run, read from their files alone."""

    def __init__(self, folder: Path, rename: Callable[[str], str]):
        self.folder, self.rename = folder, rename
        self.warehouse = open_warehouse()

    def find(self, table: str, identity: str, organisation: str, team: str, period: str):
        """The rows of one indicator, part or requirement at one place, as text."""
        return self._read(
            f"""
            select * from read_parquet('{self.folder}/{table}.parquet')
            where {ID_COLUMNS[table]} = ? and coalesce(organisation_id, '') = ?
                and coalesce(team_id, '') = ? and period = ?
            order by all
            """,
            [identity, self.place(organisation), team, period],
        )

    def find_units(self, score_key: str):
        """The units behind a score key of the kit."""
        indicator, organisation, *rest = score_key.split("|")
        key = "|".join((indicator, self.place(organisation), *rest))
        columns = ", ".join(UNIT_COLUMNS)
        return self._read(
            f"select {columns} from read_parquet('{self.folder}/indicator_units.parquet')"
            " where score_key = ?",
            [key],
        )

    def place(self, organisation: str) -> str:
        return self.rename(organisation) if organisation else ""

    def _read(self, sql: str, parameters: list):
        found = self.warehouse.execute(sql, parameters)
        names = [column[0] for column in found.description]
        return [dict(zip(names, map(write, row), strict=True)) for row in found.fetchall()]


def write(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def assert_case(case: str, results: Results) -> None:
    expected = KIT / case / "expected"
    for table, id_column in ID_COLUMNS.items():
        for row in read_rows(expected / f"{table}.csv"):
            at = (row["organisation_id"], row["team_id"], row["period"])
            found = results.find(table, row[id_column], *at)
            wanted = {**row, "organisation_id": results.place(row["organisation_id"])}
            if "score_key" in row:
                indicator, organisation, *rest = row["score_key"].split("|")
                wanted["score_key"] = "|".join((indicator, results.place(organisation), *rest))
            assert wanted in found, f"{case} {table} {row[id_column]} {at}"
    for row in read_rows(expected / ABSENT_FILE):
        if row["table"] in ID_COLUMNS:
            assert not results.find(*row.values()), f"{case} {row}"
    assert_units(case, expected, results)


def assert_units(case: str, expected: Path, results: Results) -> None:
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in read_rows(expected / "indicator_units.csv"):
        by_key.setdefault(row.pop("score_key"), []).append(row)
    for score_key, rows in by_key.items():
        organisation = results.place(score_key.split("|")[1])
        found = results.find_units(score_key)
        assert len(found) == len(rows), f"{case} {score_key}"
        for row in rows:
            names = pseudonyms_of(organisation, row["unit_id"])
            (same,) = [one for one in found if one["unit_id"] in names]
            assert {**same, "unit_id": row["unit_id"]} == row, f"{case} {score_key}"


@pytest.fixture(scope="module")
def together(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("kit")
    (root / "inbox").mkdir()
    for case in TOGETHER:
        fill_inbox(case, root / "inbox", lambda name, case=case: f"{case}-{name}")
    return make_results(root)


@pytest.mark.parametrize("case", TOGETHER)
def test_a_run_on_the_files_of_a_case_gives_what_the_kit_expects(case, together):
    assert_case(case, Results(together, lambda name: f"{case}-{name}"))


@pytest.mark.parametrize("case", ALONE)
def test_a_run_on_a_case_about_all_organisations_gives_what_the_kit_expects(case, tmp_path):
    """The first one by the command itself, pages and all."""
    (tmp_path / "inbox").mkdir()
    fill_inbox(case, tmp_path / "inbox", str)
    make = run_inbox if case == ALONE[0] else make_results
    assert_case(case, Results(make(tmp_path), str))


def test_nothing_of_the_files_is_set_aside(together):
    with open_warehouse() as warehouse:
        path = together / "quarantine.parquet"
        rows = warehouse.fetch_all(f"select * from read_parquet('{path}')")
        assert rows == []


def test_every_case_is_stated_by_a_test_that_is_there():
    for case in CASES:
        module = ast.parse((KIT.parent / f"test_{case.rpartition('-')[0]}.py").read_text())
        names = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        assert set(read_case(case)["tests"]) <= names, case
        assert read_case(case)["asked"], case


def test_a_wrong_number_in_the_kit_is_found(together, tmp_path, monkeypatch):
    case = next(
        name for name in TOGETHER if (KIT / name / "expected/indicator_units.csv").is_file()
    )
    shutil.copytree(KIT / case, tmp_path / case)
    path = tmp_path / case / "expected" / "indicator_units.csv"
    lines = path.read_text().splitlines()
    lines[1] = lines[1].replace("true", "false") if "true" in lines[1] else f"{lines[1]}x"
    path.write_text("\n".join(lines))
    monkeypatch.setattr(sys.modules[__name__], "KIT", tmp_path)
    with pytest.raises(AssertionError):
        assert_case(case, Results(together, lambda name: f"{case}-{name}"))
