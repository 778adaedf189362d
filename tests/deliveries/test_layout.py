"""Which export a file is: the whole header set decides, never one name."""

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.sources import Source
from pipelines.deliveries.layout import find_layout
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusedFileError

TEXT = {"nl": "x", "en": "x"}
RECORDS = load_catalogue().records


def make_source(**exports: list[str]) -> Source:
    """A source of team exports; a header with `?` is optional, one with `-` known and not kept."""
    fields = ["team_id", "name", "setting", "start_date", "end_date"]
    return Source.model_validate(
        {
            "source": "eigen",
            "version": 1,
            "label": TEXT,
            "description": TEXT,
            "exports": [
                {
                    "id": name,
                    "label": TEXT,
                    "known_columns": [h.strip("-") for h in headers if h.startswith("-")],
                    "records": [
                        {
                            "kind": "team",
                            "fields": {
                                field: {"column": h.strip("?"), "optional": h.endswith("?")}
                                for field, h in zip(
                                    fields,
                                    [h for h in headers if not h.startswith("-")],
                                    strict=False,
                                )
                            },
                        }
                    ],
                }
                for name, headers in exports.items()
            ],
        }
    )


def find(source: Source, *rows: str, sheet: str | None = None):
    grid = Grid(tuple(tuple(row.split(";")) for row in rows), sheet=sheet)
    return find_layout([grid], source, RECORDS)


def test_same_name_means_another_thing_in_another_export():
    source = make_source(trajecten=["Nummer", "Start"], clienten=["Nummer", "Geslacht"])

    assert find(source, "Nummer;Geslacht").export.id == "clienten"
    assert find(source, "Nummer;Start").export.id == "trajecten"


def test_headers_are_compared_trimmed_without_case_and_repaired():
    source = make_source(teams=["Cliënt nummer", "Naam"])

    for header in (" cliënt  NUMMER ;naam", "CliÃ«nt nummer;Naam", "Clie\u0308nt nummer;Naam"):
        assert find(source, header).positions == {"Cliënt nummer": 0, "Naam": 1}


def test_columns_may_stand_in_any_order_with_unknown_ones_between():
    layout = find(make_source(teams=["Code", "Naam", "Soort?"]), "Naam;Kamer;Code;;Etage")

    assert layout.positions == {"Code": 2, "Naam": 0}
    assert layout.unknown == ("Kamer", "Etage")
    assert [c.name for c in layout.columns] == ["Code", "Naam"]


def test_known_columns_are_not_reported_as_unknown():
    assert find(make_source(teams=["Code", "-BSN"]), "Code;bsn").unknown == ()


def test_header_given_twice_is_read_once_and_told():
    layout = find(make_source(teams=["Code", "Naam"]), "Code;Naam;naam;X;X")

    assert layout.positions == {"Code": 0, "Naam": 1}
    assert (layout.repeated, layout.unknown) == (("Naam",), ("X",))


def test_most_declared_columns_win_then_fewest_unknown_ones():
    source = make_source(kort=["Code"], lang=["Code", "Naam"], ruim=["Code", "Naam", "-Kamer"])

    assert find(source, "Code;Naam;Kamer").export.id == "ruim"
    assert find(source, "Code;Soort").export.id == "kort"


def test_two_equal_exports_are_ambiguous_and_refused():
    source = make_source(een=["Code", "Naam"], twee=["Naam", "Code"])

    with pytest.raises(RefusedFileError, match="more than one export equally well: een, twee"):
        find(source, "Code;Naam")


def test_missing_column_is_named_with_the_nearest_export():
    source = make_source(teams=["Code", "Naam", "Soort"], anders=["A", "B"])

    with pytest.raises(RefusedFileError, match=r'nearest is "teams", which also needs: Soort\.'):
        find(source, "Code;Naam;Geheim")


def test_message_never_repeats_a_header_of_the_file():
    with pytest.raises(RefusedFileError) as raised:
        find(make_source(teams=["Code", "Naam"]), "Pietersen;Jansen", "Code;Bakker")
    assert not any(name in raised.value.reason for name in ("Pietersen", "Jansen", "Bakker"))


def test_header_is_found_below_a_preamble_that_resembles_it():
    layout = find(make_source(teams=["Code", "Naam"]), "Code;123", ";", "Naam;Code", "Noord;t1")

    assert layout.header_row == 3
    assert layout.preamble == (("Code", "123"), ("", ""))


@pytest.mark.parametrize("word", ["Totaal", "Uniek:", "Totaal aantal rijen", "TOTAAL"])
def test_report_is_recognised(word):
    with pytest.raises(RefusedFileError, match="a report with totals, not records"):
        find(make_source(teams=["Code", "Naam"]), "Rapport", f"{word};3")


def test_sheet_that_matches_too_is_named():
    source = make_source(teams=["Code", "Naam"])
    grids = [Grid((("Code", "Naam"),), sheet=name) for name in ("Januari", "Februari")]
    grids.append(Grid((("Uitleg",),), sheet="Toelichting"))

    layout = find_layout(grids, source, RECORDS)

    assert (layout.grid.sheet, layout.other_sheets) == ("Januari", ("Februari",))
