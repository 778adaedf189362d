"""What is seen of a file itself, and which row is its header."""

import pytest

from pipelines.onboard import Confidence

HEADER = "Contactnummer;Trajectnummer;Contactdatum;Duur in minuten;Vorm"


def make_rows(count: int = 30, day: str = "0{at}-02-2024") -> str:
    return "".join(
        f"c{at};T{at};{day.format(at=1 + at % 9)};{30 + at};telefonisch\n" for at in range(count)
    )


def find_table(proposal):
    (table,) = proposal.tables
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_is_detected(look, encoding):
    text = f"{HEADER.replace('Vorm', 'Vorm ‘cliënt’')}\n{make_rows()}"
    assert find_table(look(contacten=text.encode(encoding))).table.encoding == encoding


@pytest.mark.parametrize(
    ("mark", "name"), [(";", "semicolon"), (",", "comma"), ("\t", "tab"), ("|", "pipe")]
)
def test_separator_is_detected(look, mark, name):
    text = f"{HEADER}\n{make_rows()}".replace(";", mark)
    table = find_table(look(contacten=text)).table
    assert (table.separator, len(table.headers)) == (name, 5)


def test_header_is_found_below_a_preamble_with_the_date_of_the_file(look):
    preamble = "Stichting Verzonnen;;;;\nOverzicht contacten;;;;\nPeildatum:;30-06-2026;;;\n\n"
    found = find_table(look(uitvoer=f"{preamble}{HEADER}\n{make_rows()}"))
    assert found.table.header_row == 5
    assert found.file_date_label == "Peildatum:"


def test_total_rows_are_no_records(look):
    found = find_table(look(contacten=f"{HEADER}\n{make_rows()}Totaal;30;;900;\n"))
    assert (found.table.rows_read, found.table.not_a_record) == (31, 1)


@pytest.mark.parametrize(
    ("day", "form"),
    [
        ("0{at}-02-2024", "day_first"),
        ("{at}-2-2024", "short_day_first"),
        ("2024-02-0{at}", "iso"),
        ("{at} februari 2024", "month_name"),
        ("4532{at}", "serial"),
        ("2024020{at}", "compact"),
    ],
)
def test_forms_of_dates_are_told(look, day, form):
    found = find_table(look(contacten=f"{HEADER}\n{make_rows(day=day)}"))
    column, use = found.list_uses("contact")["contact_date"]
    assert column.shape.date_forms == (form,)
    assert use.confidence is Confidence.HIGH


@pytest.mark.parametrize(("hours", "mark"), [("24,50", ","), ("24.50", ".")])
def test_decimal_mark_is_detected(look, hours, mark):
    rows = "".join(f"{1000 + at};ZH01;01-02-2024;begeleider;{hours}\n" for at in range(9))
    header = "Personeelsnummer;Teamcode;Datum in dienst;Functie;Contracturen\n"
    assert look(medewerkers=header + rows).decimal_mark == mark


def test_a_file_without_a_header_is_not_read_and_its_first_row_is_not_shown(look):
    proposal = look(lijst="Wilg Roerdomp;Kade\nFuut Berk;Plein\n")
    (unread,) = proposal.unread
    assert (proposal.tables, unread.code, unread.values) == ((), "no_header", {})


def test_a_cell_that_is_a_value_is_never_shown_as_a_header(look):
    text = f"{HEADER};123456782\n" + make_rows().replace("\n", ";x\n")
    assert find_table(look(contacten=text)).table.headers[5:] == ("",)


def test_a_report_with_totals_is_refused_as_one(look):
    text = "Locatie;Januari;Februari;Maart;Totaal\nDe Vlonder;41;44;40;125\nTotaal;41;44;40;125\n"
    (unread,) = look(rapport=text).unread
    assert unread.code == "report_not_records"


def test_the_same_file_twice_is_looked_at_once(look):
    text = f"{HEADER}\n{make_rows()}"
    proposal = look(contacten=text, contacten_kopie=text)
    assert len(proposal.tables) == 1
    assert [unread.code for unread in proposal.unread] == ["same_file"]


def test_of_several_sheets_the_richest_is_read_and_every_one_is_named(getij):
    sheets = {(unread.file, unread.sheet) for unread in getij.unread}
    assert ("Auditscores.xlsx", "Legenda") in sheets
    assert ("Managementrapportage.xlsx", "Contactmomenten") in sheets
