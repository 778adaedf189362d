"""The date up to which a file knows the world: preamble, name, organisation, modification time."""

import os

import pytest

CONTENT = "Rapport\nEinddatum;{date}\nCode;Naam\nt1;Noord\n"


@pytest.fixture
def dated(door):
    door.add_organisation(source="eigen")
    fields = {"team_id": {"column": "Code"}, "name": {"column": "Naam"}}
    door.add_source(
        "eigen",
        {
            "id": "teams",
            "file_date_label": "einddatum",
            "file_date_pattern": r"_(\d{8}|\d{4}-\d{2}-\d{2})\.",
            "records": [{"kind": "team", "fields": fields}],
        },
    )
    return door


def receive(door):
    delivery = door.receive_one()
    return str(delivery.file_date), delivery.file_date_origin


@pytest.mark.parametrize("text", ["30-06-2024", "2024-06-30 00:00:00", "30 juni 2024", "45473"])
def test_preamble_comes_first(dated, text):
    dated.write("teams_2023-01-01.csv", CONTENT.format(date=text))
    assert receive(dated) == ("2024-06-30", "preamble")


def test_name_comes_when_the_preamble_has_no_date(dated):
    dated.write("map/teams_20240630.csv", CONTENT.format(date="onbekend"))
    assert receive(dated) == ("2024-06-30", "name")


def test_organisation_comes_when_the_name_has_no_date(dated):
    dated.write("teams.csv", CONTENT.format(date=""))
    assert receive(dated) == ("2026-01-15", "exported_on")


def test_modification_time_is_the_last_resort_with_a_warning(dated):
    dated.add_organisation(source="eigen", exported_on=None)
    path = dated.write("teams.csv", CONTENT.format(date=""))
    os.utime(path, ns=(0, 1_719_705_600_123_456_000))

    assert receive(dated) == ("2024-06-30", "modified")
    (delivery,) = dated.receive().deliveries
    assert delivery.modified_at == "2024-06-30T00:00:00.123456+00:00"
    assert [w.warning for w in delivery.warnings] == ["file_date_from_modification_time"]


def test_date_is_fixed_when_the_file_was_first_accepted(dated):
    dated.add_organisation(source="eigen", exported_on=None)
    path = dated.write("teams.csv", CONTENT.format(date=""))
    os.utime(path, ns=(0, 1_719_705_600_000_000_000))
    first = dated.receive_one()
    os.utime(path)

    assert dated.receive_one() == first


def test_label_below_the_header_is_data(dated):
    content = "Code;Naam\nEinddatum;30-06-2024\n"
    dated.write("teams.csv", content)
    assert receive(dated)[1] == "exported_on"
