"""Files that want to do harm, or that no program should make; what the door does with each.

Written by hand where a library would refuse to write them. Each stands beside a good file, which
must land whatever becomes of its neighbour.
"""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.refused import RefusalCode
from pipelines.warehouse import open_warehouse
from tests.deliveries.test_workbook import HEADER, TEAM, change_parts, make_workbook

CODES = RefusalCode
CSV_HEADER = "team_id;name;setting;start_date\n"
CSV_TEAM = "t1;Noord;other;2020-01-01\n"
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(
    f'<!ENTITY a{n} "{"".join(f"&a{n - 1};" for _ in range(10))}">' for n in range(1, 10)
)
PLAIN = make_workbook([HEADER, TEAM])


@dataclass(frozen=True)
class Hostile:
    """One file: how it is written, and the code of its refusal, or the rows that land."""

    name: str  # the file name in the inbox
    write: Callable[[Path], object]
    refused: RefusalCode | None = None
    rows: int = 0


def write_text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def write_parts(**parts: bytes) -> Callable[[Path], object]:
    """A workbook with parts replaced or added; `__` in a name stands for a slash."""
    changes = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    return lambda path: path.write_bytes(change_parts(PLAIN, changes))


def write_sheet(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(
        change_parts(PLAIN, {SHEET: (SHEET_START + content + SHEET_END).encode()})
    )


SHEET_START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def write_cells(rows: list[list[str]], start: int = 1) -> str:
    """Rows of inline text as a spreadsheet program writes them."""
    text = ""
    for number, row in enumerate(rows, start):
        cells = "".join(
            f'<c r="{"ABCDEFGH"[at]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for at, cell in enumerate(row)
        )
        text += f'<row r="{number}">{cells}</row>'
    return text


TABLE = write_cells([HEADER, TEAM])


def write_blank_rows(path: Path) -> None:
    """A table whose columns were formatted down to the last row of the sheet."""
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" s="1"/>' for c in "ABCD") + "</row>"
        for n in range(3, 1_048_577)
    )
    write_sheet(TABLE + rows)(path)


def write_blank_cells(path: Path) -> None:
    """More formatted cells than a parser gets through in two seconds; shrinks as a real sheet."""
    styles = random.Random(7)
    cells = "".join(f'<c r="A3" s="{styles.randrange(10**9)}"/>' for _ in range(900))
    write_sheet(f'{TABLE}<row r="3">{cells * 6_000}</row>')(path)


def write_many_bombs(path: Path) -> None:
    """Many parts, each too small to be noticed by itself."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        zipfile.ZipFile(io.BytesIO(PLAIN)) as plain,
    ):
        for name in plain.namelist():
            archive.writestr(name, plain.read(name))
        for number in range(200):
            archive.writestr(f"xl/media/{number}.xml", bytes(4_900_000))


def move_sheet(path: Path) -> None:
    """The sheet lies where a guard may not look, and says that it has no end."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as plain:
        links = plain.read("xl/_rels/workbook.xml.rels")
    assert b"worksheets/sheet1.xml" in links
    sheet = SHEET_START + TABLE + '<row r="9"><c r="XFD1048576"><v>1</v></c></row>' + SHEET_END
    changes = {
        "xl/_rels/workbook.xml.rels": links.replace(b"worksheets/sheet1.xml", b"other/s.dat"),
        "xl/other/s.dat": sheet.encode(),
    }
    path.write_bytes(change_parts(PLAIN, changes))


def write_parquet(select: str, options: str = "") -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with open_warehouse() as warehouse:
            warehouse.execute(f"copy ({select}) to '{path}' (format parquet {options})")

    return write


SPARSE = '<c s="0" r="XFD1048576"><v>1</v></c>'
NESTED = (
    "select 't1' as team_id, ['a', 'b'] as name, {'x': 1} as setting,"
    " date '2020-01-01' as start_date"
)
REPEATED = "select 't' as team_id, 'n' as name, 'other' as setting, '2020-01-01' as start_date"
HOSTILE = (
    Hostile("bom.xlsx", write_parts(xl__media__a=bytes(100_000_000)), CODES.WORKBOOK_BOMB),
    Hostile("bommetjes.xlsx", write_many_bombs, CODES.WORKBOOK_BOMB),
    Hostile(
        "lach.xlsx",
        write_parts(
            xl__sharedStrings=f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><sst>&a9;</sst>'.encode()
        ),
        CODES.WORKBOOK_ACTIVE_CONTENT,
    ),
    Hostile(
        "buiten.xlsx",
        write_parts(docProps__core=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'),
        CODES.WORKBOOK_ACTIVE_CONTENT,
    ),
    Hostile("macro.xlsx", lambda path: path.write_bytes(
        change_parts(PLAIN, {"xl/vbaProject.bin": b"x"})
    ), CODES.WORKBOOK_MACROS),
    Hostile("formule.xlsx", write_sheet(
        write_cells([HEADER]) + '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://x","t")</f>'
        '<v>t1</v></c></row>'
    ), rows=1),
    Hostile("formule.csv", write_text(
        CSV_HEADER + "t1;=cmd|'/c calc'!A1;other;2020-01-01\n"
    ), rows=1),
    Hostile("ver.xlsx", write_sheet(TABLE + f'<row r="9">{SPARSE}</row>'), CODES.SHEET_TOO_SPARSE),
    Hostile("ver_enkel.xlsx", write_sheet(
        TABLE + f'<row r="9">{SPARSE}</row>'.replace('"', "'")
    ), CODES.SHEET_TOO_SPARSE),
    Hostile("ver_laag.xlsx", write_sheet(
        TABLE + '<row r="1000000">' + "<c><v>1</v></c>" * 60 + "</row>"
    ), CODES.SHEET_TOO_SPARSE),
    Hostile("ver_verstopt.xlsx", write_sheet(
        TABLE + '<row r="9"><c r="XFD1048576" x="/>" t="n"><v>1</v></c></row>'
    ), CODES.SHEET_TOO_SPARSE),
    Hostile("ver_elders.xlsx", move_sheet, CODES.SHEET_TOO_SPARSE),
    Hostile("ver_leeg.xlsx", write_sheet(
        TABLE + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    ), rows=1),
    Hostile("opgemaakt.xlsx", write_blank_rows, rows=1),
    Hostile("opmaak.xlsx", write_blank_cells, CODES.SHEET_MOSTLY_BLANK),
    Hostile("lang.csv", write_text(CSV_HEADER + "x" * 30_000_000), CODES.LINE_TOO_LONG),
    Hostile("lang_kop.csv", write_text("team_id;" + "x" * 30_000_000), CODES.LINE_TOO_LONG),
    Hostile("open.csv", write_text(
        CSV_HEADER + '"' + "regel\n" * 5_000_000
    ), CODES.CELL_TOO_LONG),
    Hostile("breed.csv", write_text(
        CSV_HEADER.strip() + "".join(f";k{n}" for n in range(20_000)) + "\n" + CSV_TEAM
    ), CODES.TOO_MANY_COLUMNS),
    Hostile("breed_diep.csv", write_text(
        CSV_HEADER.strip() + "".join(f";k{n}" for n in range(20_000)) + "\n"
        + (CSV_TEAM.strip() + ";x" * 20_000 + "\n") * 100
    ), CODES.TOO_MANY_COLUMNS),
    Hostile("nul.csv", write_text(CSV_HEADER + "t1;No\0ord;other;2020-01-01\n"), CODES.NUL_BYTES),
    Hostile("rafels.csv", write_text(
        CSV_HEADER + CSV_TEAM + "t2;Zuid\nt3;West;other;2020-01-01;meer;nog meer\n"
    ), rows=3),
    Hostile("leeg.csv", write_text(""), CODES.FILE_EMPTY),
    Hostile("merk.parquet", write_text("PAR1 this is none"), CODES.PARQUET_DAMAGED),
    Hostile("geen.parquet", write_text(CSV_HEADER + CSV_TEAM), CODES.FORMAT_DIFFERS),
    Hostile("nest.parquet", write_parquet(NESTED), rows=1),
    Hostile("veel.parquet", write_parquet(f"{REPEATED} from range(20000000)"), CODES.TOO_MANY_ROWS),
    Hostile("zwaar.parquet", write_parquet(
        f"{REPEATED.replace(chr(39) + 'n' + chr(39), 'repeat(chr(97), 400000000)')}",
        ", compression zstd",
    ), CODES.PARQUET_BOMB),
    Hostile("gedeeld.parquet", write_parquet(
        f"{REPEATED.replace(chr(39) + 'n' + chr(39), 'repeat(chr(97), 10000)')} from range(150000)"
    ), CODES.PARQUET_BOMB),
)  # fmt: skip
