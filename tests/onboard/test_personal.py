"""Personal columns are left out, whatever they are called, and no value of them is shown."""

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from pipelines.onboard import write_mapping

# A BSN that passes the eleven-test and belongs to nobody; the rest is made up.
BSNS = [f"{number:09d}" for number in range(123456782, 123556782)
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), f"{number:09d}",
                                          strict=True)) % 11 == 0][:30]  # fmt: skip
PERSONAL = {
    "bsn": [BSNS[at] for at in range(30)],
    "email": [f"wilg{at}@huis.example" for at in range(30)],
    "phone": [f"06-1234{at:04d}" for at in range(30)],
    "address": [f"{1000 + at} AB" for at in range(30)],
    "free_text": [
        f"Vertelde dat de zus van nummer {at} op zondag altijd opbelt." for at in range(30)
    ],
}


def look_with(look, header: str, cells: list[str]):
    lines = ["Contactnummer;Trajectnummer;Contactdatum;Duur in minuten;Vorm;" + header]
    lines += [f"c{at};T{at};01-02-2024;{at};gesprek;{cell}" for at, cell in enumerate(cells)]
    (table,) = look(contacten="\n".join(lines)).tables
    return table.columns[5]


@pytest.mark.parametrize("reason", PERSONAL)
@pytest.mark.parametrize("header", ["Veld 12", "Plaats", "Met wie"])
def test_personal_cells_are_left_out_under_any_header(look, reason, header):
    column = look_with(look, header, PERSONAL[reason])
    assert column.uses == ()
    assert column.is_personal
    assert [why.code for why in column.whys] == [f"cells_{reason}"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("BSN cliënt", "bsn"),
        ("Burgerservicenummer", "bsn"),
        ("Achternaam", "name"),
        ("Naam begeleider", "name"),
        ("Mailadres", "email"),
        ("Telefoonnummer", "phone"),
        ("Postcode", "address"),
        ("Geboortedatum", "birth_date"),
        ("Opmerkingen", "free_text"),
    ],
)
def test_a_personal_header_is_enough_when_the_column_is_empty(look, header, reason):
    column = look_with(look, header, [""] * 30)
    assert column.uses == () or column.uses[0].options.get("is_name")
    whys = column.whys or column.uses[0].whys
    assert whys[0].code == f"header_{reason}"


def test_a_birth_date_becomes_an_age_group_only_where_nothing_else_says_it(zilverhorst, getij):
    def find(proposal, file):
        table = next(one for one in proposal.tables if one.table.file == file)
        return next(column for column in table.columns if column.header == "Geboortedatum")

    (use,) = find(getij, "Trajecten.xlsx").uses
    assert (use.field, use.options) == ("age_band", {"age_band_at": "Startdatum traject"})
    assert find(zilverhorst, "trajecten_2026-06-30.csv").uses == ()


def test_a_name_in_a_code_column_is_counted_and_not_shown(look):
    lines = ["Contactnummer;Trajectnummer;Contactdatum;Duur in minuten;Vorm"]
    lines += [
        f"c{at};T{at};01-02-2024;{at};{'Wilg Roerdomp' if at == 4 else 'telefonisch'}"
        for at in range(40)
    ]
    proposal = look(contacten="\n".join(lines))
    _, use = proposal.tables[0].list_uses("contact")["mode"]
    assert (use.unknown_codes.texts, use.unknown_codes.rows) == (1, 1)
    assert use.unknown_codes.first_row == 6
    text = write_mapping(proposal, "proef", load_catalogue(), load_words("nl"))
    assert "Roerdomp" not in text + repr(proposal)
