"""Every reason for refusing a file: it can happen, and both languages have words for it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from pipelines.catalogue.refusal_words import describe_refusal
from pipelines.catalogue.wording import LANGUAGES, load_words
from pipelines.deliveries.canonical import list_sources
from pipelines.deliveries.formats import MAX_FILE_BYTES, open_reader
from pipelines.deliveries.inbox import InboxFile, list_files
from pipelines.deliveries.incoming import load_rows
from pipelines.deliveries.layout import find_layout
from pipelines.deliveries.readers.workbook_guard import MAX_WORKBOOK_BYTES
from pipelines.deliveries.refused import RefusalCode, RefusedFileError, UnsteadyFileError
from pipelines.deliveries.steadiness import check_steady, identify_file
from pipelines.warehouse import open_warehouse
from tests.deliveries.conftest import Door
from tests.deliveries.hostile_files import write_blank_cells
from tests.deliveries.sheets import fill_two_sheets, name_sheets
from tests.deliveries.test_gates import BSNS, write_trajectories
from tests.deliveries.test_workbook import HEADER, TEAM, change_parts, make_workbook

CSV_HEADER = "team_id;name;setting;start_date"
WORKBOOK = make_workbook([HEADER, TEAM])
Refused = tuple[str, dict]  # code and values


def refuse(door: Door, name: str, content: bytes | str) -> Refused:
    door.write(name, content)
    refusal = door.refuse_one()
    return refusal.reason_code, refusal.reason_values


def refuse_csv(door: Door, rest: str) -> Refused:
    return refuse(door, "teams.csv", CSV_HEADER + rest)


def refuse_workbook(door: Door, content: bytes) -> Refused:
    return refuse(door, "teams.xlsx", content)


def refuse_large(door: Door, name: str, head: bytes, size: int) -> Refused:
    """A sparse file, given to the reader itself: hashing it would take long."""
    path = door.write(name, head)
    with path.open("r+b") as file:
        file.truncate(size)
    with open_warehouse() as warehouse, pytest.raises(RefusedFileError) as raised:
        open_reader(path, door.root, warehouse)
    return raised.value.code, raised.value.values


def refuse_link(door: Door) -> Refused:
    (door.inbox / "org" / "teams.csv").symlink_to(door.root)
    refusal = door.refuse_one()
    return refusal.reason_code, refusal.reason_values


def refuse_blank_sheet(door: Door) -> Refused:
    write_blank_cells(door.inbox / "org" / "teams.xlsx")
    refusal = door.refuse_one()
    return refusal.reason_code, refusal.reason_values


def refuse_sheet_no_longer_named(door: Door) -> Refused:
    fill_two_sheets(door)
    name_sheets(door, "Blad2")
    assert len(door.receive().deliveries) == 2
    name_sheets(door, version=2)
    (refusal,) = door.receive().refusals
    return refusal.reason_code, refusal.reason_values


def refuse_sparse_sheet(door: Door) -> Refused:
    cells = (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="9"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return refuse_workbook(door, change_parts(WORKBOOK, {"xl/worksheets/sheet1.xml": cells}))


def refuse_locked_entries(door: Door) -> Refused:
    at = WORKBOOK.index(b"PK\x01\x02") + 8  # the flags of the first entry in the directory
    return refuse_workbook(door, WORKBOOK[:at] + b"\x01" + WORKBOOK[at + 1 :])


def refuse_zip(door: Door, *names: str, packing: int = zipfile.ZIP_STORED) -> Refused:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name in names:
            archive.writestr(name, "x")
    return refuse_workbook(door, content.getvalue())


def make_parquet(
    door: Door, name: str = "'n'", day: str = "'2020-01-01'", rows: int = 12_345
) -> bytes:
    path = door.root / "made.parquet"
    select = (
        f"select i::varchar as team_id, {name} as name, 'other' as setting, {day} as start_date"
        f" from range({rows}) t(i)"
    )
    with open_warehouse() as warehouse:
        warehouse.execute(f"copy ({select}) to '{path}' (format parquet)")
    return path.read_bytes()


def refuse_many_rows(door: Door) -> Refused:
    """Row counts in the footer are numbers of variable length: 12,345 becomes 300,000,000."""
    content = make_parquet(door)
    size = int.from_bytes(content[-8:-4], "little")
    footer = content[-8 - size : -8].replace(write_number(12_345), write_number(300_000_000))
    content = content[: -8 - size] + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    return refuse(door, "teams.parquet", content)


def write_number(number: int) -> bytes:
    rest, groups = 2 * number, []
    while rest >= 128:
        groups.append(rest % 128 + 128)
        rest //= 128
    return bytes([*groups, rest])


def refuse_broken_rows(door: Door) -> Refused:
    """The days, which stand last, are torn; the texts, which are weighed first, are whole."""
    content = make_parquet(door, day="date '2020-01-01' + (i % 3000)::integer")
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    content = content[: start - 4000] + b"\xff" * 4000 + content[start:]
    return refuse(door, "teams.parquet", content)


def refuse_parquet_bomb(door: Door) -> Refused:
    """One long text that every row shares takes no room in the file, and all of it when read."""
    return refuse(door, "teams.parquet", make_parquet(door, "repeat('a', 10000)", rows=150_000))


def refuse_mapped(door: Door, content: str, **columns: list[str]) -> Refused:
    """A file of an own source: export -> the headers of trajectory id, client and worker."""
    door.add_organisation(source="eigen")
    fields = ("trajectory_id", "client_id", "worker_id")
    door.add_source("eigen", *(
        {"id": export, "records": [{"kind": "trajectory", "fields": {
            field: {"column": header} for field, header in zip(fields, headers, strict=False)
        }}]}
        for export, headers in columns.items()
    ))  # fmt: skip
    return refuse(door, "t.csv", content)


def refuse_bsns(door: Door) -> Refused:
    write_trajectories(door, BSNS[:20])
    refusal = door.refuse_one()
    return refusal.reason_code, refusal.reason_values


def find_unsteady(door: Door, is_gone: bool) -> Refused:
    path = door.write("teams.csv", CSV_HEADER)
    (file,) = list_files(door.receive().organisations[0])
    path.unlink()
    if not is_gone:
        path.write_text(CSV_HEADER + "\n")
    with pytest.raises(UnsteadyFileError) as raised:
        check_steady(file)
    return raised.value.code, raised.value.values


def find_unreadable(door: Door) -> Refused:
    """A regular file that nobody can read, root neither: its first page is never there."""
    file = InboxFile(Path("/proc/self/mem"), "mem.csv", 0, 0, is_regular=True)
    with pytest.raises(UnsteadyFileError) as raised:
        identify_file(file)
    return raised.value.code, raised.value.values


def find_memory_full(door: Door) -> Refused:
    rows = "".join(f"\nt{n};{'Noord' * 20}{n};other;2020-01-01" for n in range(200_000))
    path = door.write("teams.csv", CSV_HEADER + rows)
    source = list_sources(door.run.catalogue.records, {})["canonical"]
    with open_warehouse() as warehouse, pytest.raises(UnsteadyFileError) as raised:
        warehouse.execute("set memory_limit = '15MB'; set temp_directory = ''")
        _, reader = open_reader(path, door.root, warehouse)
        layout = find_layout(reader.peek(), source, door.run.catalogue.records)
        load_rows(warehouse, layout, reader.read(layout.grid, 1, layout.width))
    return raised.value.code, raised.value.values


CODES = RefusalCode
CASES: dict[RefusalCode, Callable[[Door], Refused]] = {
    CODES.NOT_A_REGULAR_FILE: refuse_link,
    CODES.FILE_EMPTY: lambda door: refuse(door, "teams.csv", ""),
    CODES.FILE_TOO_LARGE: lambda door: refuse_large(door, "t.csv", b"a", MAX_FILE_BYTES + 1),
    CODES.FORMAT_UNKNOWN: lambda door: refuse(door, "brief.pdf", b"%PDF"),
    CODES.FORMAT_DIFFERS: lambda door: refuse(door, "teams.xlsx", CSV_HEADER),
    CODES.NOT_TEXT: lambda door: refuse(door, "teams.csv", b"a\n\x81\x8d"),
    CODES.NUL_BYTES: lambda door: refuse_csv(door, "\nt1;a\0b;other;2020-01-01\n"),
    CODES.LINE_TOO_LONG: lambda door: refuse_csv(door, "\n" + "x" * 2_000_000),
    CODES.CELL_TOO_LONG: lambda door: refuse_csv(door, "\n\nt1;" + "x" * 200_000 + ";a;b\nt2;a"),
    CODES.QUOTE_NOT_CLOSED: lambda door: refuse_csv(door, '\nt1;"Noord;other;2020-01-01'),
    CODES.WORKBOOK_OLD_OR_LOCKED: lambda door: refuse_workbook(door, b"\xd0\xcf\x11\xe0\xa1\xb1"),
    CODES.WORKBOOK_TOO_LARGE: lambda door: refuse_large(
        door, "t.xlsx", b"PK", MAX_WORKBOOK_BYTES + 1
    ),
    CODES.WORKBOOK_DAMAGED: lambda door: refuse_workbook(door, WORKBOOK[:-200]),
    CODES.WORKBOOK_MACROS: lambda door: refuse_zip(door, "xl/vbaProject.bin"),
    CODES.WORKBOOK_ACTIVE_CONTENT: lambda door: refuse_workbook(
        door, change_parts(WORKBOOK, {"xl/worksheets/sheet1.xml": b"<!DOCTYPE x><worksheet/>"})
    ),
    CODES.WORKBOOK_UNUSUAL: lambda door: refuse_zip(door, "xl/workbook.xml", "XL/workbook.xml"),
    CODES.WORKBOOK_PASSWORD: refuse_locked_entries,
    CODES.WORKBOOK_PACKING: lambda door: refuse_zip(
        door, "xl/workbook.xml", packing=zipfile.ZIP_BZIP2
    ),
    CODES.WORKBOOK_BOMB: lambda door: refuse_workbook(
        door, change_parts(WORKBOOK, {"xl/media/a.xml": bytes(20_000_000)})
    ),
    CODES.NOT_A_WORKBOOK: lambda door: refuse_zip(door, "teams.csv"),
    CODES.SHEET_TOO_SPARSE: refuse_sparse_sheet,
    CODES.SHEET_MOSTLY_BLANK: refuse_blank_sheet,
    CODES.SHEET_NOT_NAMED: refuse_sheet_no_longer_named,
    CODES.PARQUET_DAMAGED: lambda door: refuse(door, "teams.parquet", b"PAR1" + bytes(50)),
    CODES.PARQUET_BOMB: refuse_parquet_bomb,
    CODES.TOO_MANY_ROWS: refuse_many_rows,
    CODES.ROWS_UNREADABLE: refuse_broken_rows,
    CODES.TOO_MANY_COLUMNS: lambda door: refuse_csv(door, "".join(f";k{n}" for n in range(3000))),
    CODES.HEADER_UNKNOWN: lambda door: refuse(door, "a.csv", "Pietersen;Jansen\n"),
    CODES.HEADER_INCOMPLETE: lambda door: refuse(door, "a.csv", "team_id;name;Pietersen\n"),
    CODES.HEADER_AMBIGUOUS: lambda door: refuse_mapped(
        door, "Nummer;Dossier\n", een=["Nummer", "Dossier"], twee=["Dossier", "Nummer"]
    ),
    CODES.REPORT_NOT_RECORDS: lambda door: refuse(door, "a.csv", "Rapport\nTotaal;3\n"),
    CODES.ID_COLUMN_HOLDS_BSN: refuse_bsns,
    CODES.COLUMN_NAMED_BSN: lambda door: refuse_mapped(door, "Nr;BSN\n", een=["Nr", "BSN"]),
    CODES.FILE_VANISHED: lambda door: find_unsteady(door, is_gone=True),
    CODES.FILE_CHANGED: lambda door: find_unsteady(door, is_gone=False),
    CODES.FILE_UNREADABLE: find_unreadable,
    CODES.MEMORY_FULL: find_memory_full,
}  # fmt: skip


def test_every_code_has_a_case_and_words_and_no_words_are_left_over():
    codes = {f"refusal.{code}" for code in RefusalCode}
    assert set(CASES) == set(RefusalCode)
    for language in LANGUAGES:
        texts = load_words(language).texts
        assert {key for key in texts if key.startswith("refusal.")} == codes


@pytest.mark.parametrize("code", RefusalCode)
def test_file_is_refused_for_this_reason_and_both_languages_say_every_value(door, code):
    found, values = CASES[code](door)

    assert found == code
    sentences = set()
    for language in LANGUAGES:
        words = load_words(language)
        named = {name for _, name, _, _ in Formatter().parse(words.texts[f"refusal.{code}"])}
        assert named - {None} == set(values)
        sentence = describe_refusal(words, code, values)
        assert sentence.count(". ") >= 1  # what is wrong, and what to do
        assert "{" not in sentence
        assert "Pietersen" not in sentence
        sentences.add(sentence)
    assert len(sentences) == len(LANGUAGES)
