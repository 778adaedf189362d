"""Birth dates become age bands at the door."""

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.deliveries.age_band import AGE_BANDS


def receive_bands(door, *rows: str):
    door.add_organisation(source="eigen")
    fields = {
        "trajectory_id": {"column": "Nummer"},
        "age_band": {"column": "Geboren", "age_band_at": "Start"},
        "start_date": {"column": "Start"},
    }
    door.add_source(
        "eigen", {"id": "trajecten", "records": [{"kind": "trajectory", "fields": fields}]}
    )
    door.write("t.csv", "\n".join(["Nummer;Geboren;Start", *rows]))
    delivery = door.receive_one()
    landed = door.read_landing(delivery)
    assert all("Geboren" not in row for row in landed)
    return delivery, [row["Geboren#age_band"] for row in landed]


def test_bands_are_those_of_the_code_list():
    assert [code for _, code in AGE_BANDS] == list(load_catalogue().codes["age_band"].codes)
    for below, code in AGE_BANDS[:-1]:
        assert f"_{below - 1}" in code or code == f"under_{below}"


@pytest.mark.parametrize(
    ("born", "start", "band"),
    [
        ("02-03-2006", "2024-03-01", "under_18"),
        ("01-03-2006", "2024-03-01", "from_18_to_22"),
        ("2001-03-02", "1-3-2024", "from_18_to_22"),
        ("2001-03-01", "1 maart 2024", "from_23_to_29"),
        ("29-02-2004", "2022-02-28", "under_18"),
        ("29-02-2004", "2022-03-01", "from_18_to_22"),
        ("1-3-1994", "45352", "from_30_to_44"),
        ("19790301", "2024-03-01", "from_45_to_64"),
        ("1959-03-01", "2024-03-01", "from_65"),
        ("1900-01-01", "2024-03-01", None),
        ("2025-01-01", "2024-03-01", None),
        ("onbekend", "2024-03-01", None),
        ("1990-01-01", "", None),
    ],
)
def test_band_is_taken_on_the_date_that_the_mapping_names(door, born, start, band):
    delivery, bands = receive_bands(door, f"T1;{born};{start}")

    assert bands == [band]
    warned = [(w.warning, w.column, w.row_count) for w in delivery.warnings]
    assert warned == ([] if band else [("age_band_unknown", "Geboren", 1)])


def test_empty_birth_date_is_no_warning(door):
    delivery, bands = receive_bands(door, "T1;;2024-03-01")

    assert bands == [None]
    assert delivery.warnings == ()
