"""Parquet: typed columns land as the text a spreadsheet would show."""

import pytest

from pipelines.warehouse import open_warehouse


def write_parquet(door, select: str, name: str = "teams.parquet") -> None:
    path = door.write(name, b"")
    with open_warehouse() as warehouse:
        warehouse.execute(f"copy ({select}) to '{path}' (format parquet)")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("'Noord'", "Noord"),
        ("12::bigint", "12"),
        ("12.0::double", "12"),
        ("1.25::double", "1.25"),
        ("1.50::decimal(9,2)", "1.50"),
        ("true", "true"),
        ("date '2024-03-01'", "2024-03-01"),
        ("timestamp '2024-03-01 00:00:00'", "2024-03-01"),
        ("timestamp '2024-03-01 09:30:00'", "2024-03-01 09:30:00"),
        ("null::integer", None),
        ("''", None),
        ("'CliÃ«nt'", "Cliënt"),
        ("['a','b']", "#nested"),
    ],
)
def test_typed_value_lands_as_text(door, value, text):
    write_parquet(
        door,
        f"select 't1' as team_id, {value} as \"Name\", 'other' as setting,"
        " date '2020-01-01' as start_date, 5 as extra",
    )

    delivery = door.receive_one()

    assert (delivery.format, delivery.header_row) == ("parquet", 0)
    assert delivery.columns_unknown == ("extra",)
    (row,) = door.read_landing(delivery)
    assert (row["row_number"], row["name"], row["start_date"]) == (1, text, "2020-01-01")


def test_rows_are_numbered_from_one_in_file_order(door):
    write_parquet(
        door,
        "select i::varchar as team_id, 'n' as name, 'other' as setting, '2020-01-01' as start_date"
        " from range(5000) t(i) order by i desc",
    )

    landed = door.read_landing(door.receive_one())

    assert [row["row_number"] for row in landed] == list(range(1, 5001))
    assert [row["team_id"] for row in landed[:2]] == ["4999", "4998"]


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + bytes(50) + b"PAR1", b"x" * 50])
def test_damaged_file_is_refused(door, content):
    door.write("teams.parquet", content)

    assert "damaged" in door.refuse_one().reason
