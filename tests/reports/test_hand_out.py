"""What one organisation gets holds nothing of another: searched for every id, name and number.

The words to look for come from every table of the warehouse that tells rows of organisations apart,
so that a table of tomorrow is searched as well.
"""

import re
import zipfile
from pathlib import Path

import pytest

ORGANISATIONS = ("getij", "papaverdal", "zilverhorst")
# Ids of the catalogue are the same for everybody.
SHARED = {"indicator_id", "item_id", "requirement_id", "hypothesis_id", "declaration_id"}
NAMES = {"name", "file", "delivery", "landing", "score_key", "series_key", "source_key", "cell_key"}
DIGITS = 9  # significant: so many do not come back by chance
NUMBER = re.compile(r"(?<![\w.,])-?\d+[.,]\d{6,}")
WORD = re.compile(r"[\w][\w.|:-]*[\w]|\w")


def read_text(path: Path) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())
    return path.read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def texts(sample_run) -> dict[str, str]:
    """Everything in the folder of each organisation but the shared scripts and style."""
    root = (sample_run.home / "site" / "organisations").resolve()
    found = {}
    for organisation in ORGANISATIONS:
        files = sorted(path for path in (root / organisation).rglob("*") if path.is_file())
        assert {path.suffix for path in files} >= {".html", ".xlsx", ".csv", ".json"}
        own = [path for path in files if path.parent.name != "static"]
        names = "\n".join(str(path.relative_to(root / organisation)) for path in files)
        found[organisation] = "\n".join([names, *map(read_text, own)])
    return found


def list_columns(warehouse, kind: str) -> list[tuple[str, str]]:
    return warehouse.fetch_all(
        """
        select t.table_schema || '.' || t.table_name, t.column_name
        from information_schema.columns t
        join information_schema.columns o using (table_schema, table_name)
        where o.column_name = 'organisation_id' and t.data_type = $kind
        """,
        {"kind": kind},
    )


@pytest.fixture(scope="module")
def words_of(sample_run) -> dict[str, set[str]]:
    """organisation_id -> every id, key and name of its rows anywhere in the warehouse."""
    found: dict[str, set[str]] = {organisation: set() for organisation in ORGANISATIONS}
    for table, column in list_columns(sample_run.warehouse, "VARCHAR"):
        if column in SHARED or not (column.endswith("_id") or column in NAMES):
            continue
        rows = sample_run.warehouse.fetch_all(
            f'select distinct organisation_id, "{column}" from {table} '
            f"where organisation_id <> '' and \"{column}\" is not null"
        )
        for organisation, word in rows:
            found.setdefault(organisation, set()).add(word)
    return found


@pytest.fixture(scope="module")
def numbers_of(sample_run) -> dict[str | None, set[str]]:
    """organisation_id (None: all together) -> its numbers, in nine significant digits."""
    found: dict[str | None, set[str]] = {None: set()}
    for table, column in list_columns(sample_run.warehouse, "DOUBLE"):
        rows = sample_run.warehouse.fetch_all(
            f'select distinct organisation_id, "{column}" from {table} where "{column}" is not null'
        )
        for organisation, value in rows:
            found.setdefault(organisation, set()).add(round_number(value))
    return found


def round_number(value: float) -> str:
    return f"{value:.{DIGITS}g}"


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_no_id_key_or_name_of_another_organisation_is_in_the_folder(texts, words_of, organisation):
    text = texts[organisation]
    whole = set(WORD.findall(text))
    own = words_of[organisation]
    assert len(own & whole) > 1000  # the search finds what is there
    own_parts = {part for word in own for part in WORD.findall(word)}
    for other in ORGANISATIONS:
        if other != organisation:
            foreign = words_of[other] - own - own_parts
            assert len(foreign) > 1000
            assert foreign & whole == set(), other
            # Of several words: worth looking for when each of them is there.
            several = [word for word in foreign if whole.issuperset(WORD.findall(word))]
            assert [word for word in several if word and word in text] == [], other


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_no_figure_of_another_organisation_is_in_the_folder(texts, numbers_of, organisation):
    shown = {
        round_number(float(number.replace(",", ".")))
        for number in NUMBER.findall(texts[organisation])
    }
    own = numbers_of[organisation] | numbers_of[None]
    assert len(shown & own) > 500
    for other in ORGANISATIONS:
        if other != organisation:
            foreign = {number for number in numbers_of[other] - own
                       if len(number.lstrip("-0.").replace(".", "")) >= DIGITS - 1}  # fmt: skip
            assert len(foreign) > 500
            assert shown & foreign == set(), other
