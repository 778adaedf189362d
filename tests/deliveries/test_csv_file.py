"""CSV quirks: encodings, separators, preambles, ragged and blank rows, quotes."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.catalogue import load_catalogue
from pipelines.deliveries.canonical import make_canonical_source
from pipelines.deliveries.incoming import load_rows
from pipelines.deliveries.layout import find_layout
from pipelines.deliveries.readers.csv_file import open_csv
from pipelines.deliveries.refused import RefusedFileError
from pipelines.warehouse import open_warehouse

HEADER = "team_id;name;setting;start_date"
ROWS = ["t1;Café “Noord” €5;other;2020-01-01", "t2;Ĳsselhûs;other;2020-01-01"]


def names(door, delivery):
    return [row["name"] for row in door.read_landing(delivery)]


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8-sig"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_unicode_encodings_are_detected_and_told(door, encoding, mark, told):
    door.write("teams.csv", mark + "\n".join([HEADER, *ROWS]).encode(encoding))

    delivery = door.receive_one()

    assert (delivery.encoding, delivery.separator) == (told, "semicolon")
    assert names(door, delivery) == ["Café “Noord” €5", "Ĳsselhûs"]


def test_windows_1252_keeps_euro_sign_and_curly_quotes(door):
    door.write("teams.csv", "\r\n".join([HEADER, ROWS[0]]).encode("cp1252"))

    delivery = door.receive_one()

    assert delivery.encoding == "cp1252"
    assert names(door, delivery) == ["Café “Noord” €5"]


def test_one_windows_1252_byte_far_into_the_file_is_found(door):
    body = "".join(f"t{number};Noord;other;2020-01-01\n" for number in range(40_000))
    door.write(
        "teams.csv", (HEADER + "\n" + body + "tx;Caf\xe9;other;2020-01-01\n").encode("cp1252")
    )

    delivery = door.receive_one()

    assert delivery.encoding == "cp1252"
    assert names(door, delivery)[-1] == "Café"


def test_bytes_that_are_no_text_are_refused(door):
    door.write("teams.csv", HEADER.encode() + b"\nt1;\x81\x8d\x00;other;2020-01-01\n")

    assert "no text" in door.refuse_one().reason


def test_nul_bytes_are_refused(door):
    door.write("teams.csv", HEADER + "\nt1;a\x00b;other;2020-01-01\n")

    assert "NUL bytes" in door.refuse_one().reason


@pytest.mark.parametrize(
    ("separator", "told"), [(";", "semicolon"), (",", "comma"), ("\t", "tab"), ("|", "pipe")]
)
def test_separator_is_the_one_under_which_the_header_matches(door, separator, told):
    content = "\n".join([HEADER, 't1;"a;b,c|d";other;2020-01-01'])
    door.write("teams.csv", content.replace(";", separator).replace(f"a{separator}b", "a;b"))

    delivery = door.receive_one()

    assert delivery.separator == told
    assert names(door, delivery) == ["a;b,c|d"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_quoted_line_breaks_and_quotes_stay_in_one_row(door, newline):
    rows = ['t1;"Noord\n""Oost""";other;2020-01-01', 't2;5" breed;other;2020-01-01']
    door.write("teams.csv", newline.join([HEADER, *rows]) + newline)

    delivery = door.receive_one()

    assert names(door, delivery) == ['Noord\n"Oost"', '5" breed']
    assert [row["row_number"] for row in door.read_landing(delivery)] == [2, 3]


def test_preamble_above_the_header_counts_in_row_numbers_only(door):
    preamble = ["Stichting;Noord", "", '"Rapport\nover teams"', "Totaal aantal rijen;2"]
    door.write("teams.csv", "\n".join([*preamble, HEADER, *ROWS]))

    delivery = door.receive_one()

    assert (delivery.header_row, delivery.rows_read, delivery.not_a_record) == (5, 2, 0)
    assert [row["row_number"] for row in door.read_landing(delivery)] == [6, 7]


def test_ragged_rows_are_counted_and_land_without_cells(door):
    rows = ["t1;Noord", "t2;Zuid;other;2020-01-01;te;veel", "t3;Oost;other;2020-01-01"]
    door.write("teams.csv", "\n".join([HEADER, *rows]))

    delivery = door.receive_one()

    assert (delivery.rows_read, delivery.not_a_record, delivery.ragged) == (3, 0, 2)
    landed = door.read_landing(delivery)
    assert [(r["row_number"], r["#row_fault"], r["name"]) for r in landed] == [
        (2, "ragged", None),
        (3, "ragged", None),
        (4, None, "Oost"),
    ]
    assert ("ragged_rows", 2) in [(w.warning, w.row_count) for w in delivery.warnings]


def test_separator_behind_the_last_column_is_no_fault(door):
    door.write("teams.csv", f"{HEADER}\nt1;Noord;other;2020-01-01;\nt2;Zuid;other;2020-01-01; ;\n")

    delivery = door.receive_one()

    assert (delivery.rows_read, delivery.ragged) == (2, 0)


def test_blank_and_total_rows_are_read_but_are_no_records(door):
    rows = ["t1;Noord;other;2020-01-01", "", ";;;", "TOTAAL:;2;;", ";Uniek;2;", "   ", "Totaal;3"]
    door.write("teams.csv", "\n".join([HEADER, *rows, "t2;Zuid;other;2020-01-01"]) + "\n")

    delivery = door.receive_one()

    assert (delivery.rows_read, delivery.not_a_record, delivery.ragged) == (8, 6, 0)
    assert [(r["row_number"], r["team_id"]) for r in door.read_landing(delivery)] == [
        (2, "t1"),
        (9, "t2"),
    ]


def test_mixed_line_ends_lose_no_row(door):
    door.write("teams.csv", f"{HEADER}\r\n{ROWS[0]}\n{ROWS[1]}\r{ROWS[0]}\r\n")

    assert door.receive_one().rows_read == 3


def test_line_feed_in_a_quoted_cell_of_a_windows_file_stays(door):
    door.write("teams.csv", f'{HEADER}\r\nt1;"a\nb";other;2020-01-01\r\nt2;c;other;2020-01-01\r\n')

    assert names(door, door.receive_one()) == ["a\nb", "c"]


def test_quote_that_is_never_closed_is_refused_and_swallows_nothing(door):
    rows = ["t1;Noord;other;2020-01-01", 't2;"Zuid;other;2020-01-01', "t3;Oost;other;2020-01-01"]
    door.write("teams.csv", "\n".join([HEADER, *rows]))

    assert door.refuse_one().reason.startswith('A quote (") that opens in row 3 is never closed.')


def test_header_with_only_a_line_is_a_delivery_without_rows(door):
    door.write("teams.csv", HEADER)

    delivery = door.receive_one()

    assert delivery.rows_read == 0
    assert door.read_landing(delivery) == []


def test_empty_file_is_refused(door):
    door.write("teams.csv", "")
    assert door.refuse_one().reason_code == "file_empty"


def test_file_of_blank_lines_is_refused_as_empty(door):
    door.write("teams.csv", "\n\n\n")
    assert door.refuse_one().reason_code == "file_empty"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER + "\n" + "x" * 2_000_000, "longer than"),
        (HEADER + "\nt1;" + "x" * 200_000 + ";other;2020-01-01\nt2;a", "cell longer"),
        (HEADER + ";" + ";".join(f"k{n}" for n in range(3000)) + "\n", "3,004 columns"),
    ],
)
def test_absurd_sizes_are_refused(door, content, said):
    door.write("teams.csv", content)

    assert said in door.refuse_one().reason


@pytest.fixture(scope="module")
def warehouse():
    with open_warehouse() as opened:
        yield opened


cells = st.text(alphabet='ab;," \n\r\té€', max_size=6)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8),
    separator=st.sampled_from(";,\t|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    preamble=st.booleans(),
)
def test_what_a_program_writes_is_what_lands(
    warehouse, tmp_path, rows, separator, newline, preamble
):
    """Whatever road the file takes, every row comes back with its number and its cells."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=newline, quoting=csv.QUOTE_ALL)
    if preamble:
        writer.writerow(["Rapport"])
    writer.writerow(HEADER.split(";"))
    writer.writerows(rows)
    path = tmp_path / "teams.csv"
    path.write_bytes(text.getvalue().encode())

    records = load_catalogue().records
    reader = open_csv(path, tmp_path)
    layout = find_layout(reader.peek(), make_canonical_source(records), records)
    attempts = reader.read(layout.grid, layout.header_row, layout.width)
    counts = load_rows(warehouse, layout, attempts)
    landed = warehouse.fetch_all("select row_number, v0, v1, v2, v3 from incoming order by 1")

    expected = [
        (number, *(cell.strip(" \t\r\n") or None for cell in row))
        for number, row in enumerate(rows, start=3 if preamble else 2)
        if any(cell.strip(" \t\r\n") for cell in row)
    ]
    assert landed == expected
    assert counts.rows_read == len(rows)
    assert counts.not_a_record == len(rows) - len(expected)


def test_reader_says_what_was_wrong_without_the_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01Pietersen")

    with pytest.raises(RefusedFileError) as raised:
        open_csv(path, tmp_path)
    assert "Pietersen" not in str(raised.value)
