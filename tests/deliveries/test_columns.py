"""Which columns land and under which name; the canonical source follows the declarations."""

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.records import FieldType
from pipelines.catalogue.models.sources import Export
from pipelines.deliveries import list_landed_columns, list_sources, name_filter_column
from pipelines.deliveries.canonical import make_canonical_source
from pipelines.deliveries.columns import find_column_faults, fingerprint_columns, name_key_column
from pipelines.deliveries.layout import find_layout
from pipelines.deliveries.readers.grid import Grid

CATALOGUE = load_catalogue()
RECORDS = CATALOGUE.records
TEXT = {"nl": "x", "en": "x"}


def make_export(*records: dict) -> Export:
    return Export.model_validate({"id": "x", "label": TEXT, "records": records})


CHILD = {
    "kind": "contact",
    "row_key": {"field": "contact_id", "columns": ["Dossier", "Datum", "Regel"]},
    "parent": {
        "field": "trajectory_id",
        "kind": "trajectory",
        "match": {"client_id": "Dossier", "start_date": "Start"},
    },
    "only_where": {"column": "Coach"},
    "fields": {
        "contact_date": {"column": "Datum"},
        "worker_id": {"column": "Coach", "is_name": True, "optional": True},
    },
}


def test_child_export_lands_its_keys_hashed_and_its_dates_open():
    export = make_export(CHILD)

    landed = {column.name: column for column in list_landed_columns(export, RECORDS)}

    assert list(landed) == ["Datum", "Coach#worker", "Dossier#client", "Start", "Regel#record"]
    assert landed["Start"].types == {FieldType.DATE}
    assert landed["Coach#worker"].is_optional
    assert find_column_faults(export, RECORDS) == []


def test_row_key_and_filter_find_their_columns_under_the_landed_name():
    export = make_export(CHILD)
    (record,) = export.records

    names = [name_key_column(export, RECORDS, record, h) for h in record.row_key.columns]

    assert names == ["Dossier#client", "Datum", "Regel#record"]
    assert name_filter_column(export, RECORDS, "Coach") == "Coach#worker"
    assert name_filter_column(export, RECORDS, "Datum") == "Datum"


def test_personal_column_that_also_feeds_an_open_field_is_a_fault():
    export = make_export(
        {
            "kind": "trajectory",
            "fields": {"client_id": {"column": "Naam"}, "target_group": {"column": "Naam"}},
        }
    )
    assert "'Naam' is personal" in find_column_faults(export, RECORDS)[0]


def test_birth_date_that_also_feeds_an_open_field_is_a_fault():
    fields = {
        "age_band": {"column": "Geboren", "age_band_at": "Start"},
        "start_date": {"column": "Start"},
        "registration_date": {"column": "Geboren"},
    }
    export = make_export({"kind": "trajectory", "fields": fields})
    assert "'Geboren' is personal" in find_column_faults(export, RECORDS)[0]


def test_id_read_in_two_ways_before_hashing_is_a_fault():
    fields = {"trajectory_id": {"column": "Nr", "pad_to": 6}}
    other = {"trajectory_id": {"column": "Nr", "pad_to": 8}}
    export = make_export(
        {"kind": "trajectory", "fields": fields}, {"kind": "closure", "fields": other}
    )
    assert "in two ways" in find_column_faults(export, RECORDS)[0]


@pytest.mark.parametrize(
    "source", list_sources(RECORDS, CATALOGUE.sources).values(), ids=lambda s: s.source
)
def test_shipped_mapping_lets_no_personal_key_through(source):
    for export in source.exports:
        assert find_column_faults(export, RECORDS) == []
        for column in list_landed_columns(export, RECORDS):
            assert (column.name == column.header) == (not column.domain and not column.age_band_at)


def test_fingerprint_follows_what_lands_and_nothing_else():
    export = make_export({"kind": "team", "fields": {"team_id": {"column": "Code"}}})
    renamed = make_export({"kind": "team", "fields": {"team_id": {"column": "Nummer"}}})
    coded = make_export(
        {"kind": "team", "fields": {"team_id": {"column": "Code", "optional": True}}}
    )

    assert fingerprint_columns(export, RECORDS) != fingerprint_columns(renamed, RECORDS)
    assert fingerprint_columns(export, RECORDS) == fingerprint_columns(coded, RECORDS)


def test_canonical_source_has_one_export_per_record_kind_with_our_own_names():
    source = make_canonical_source(RECORDS)

    assert [export.id for export in source.exports] == list(RECORDS)
    for export in source.exports:
        kind = RECORDS[export.id]
        fields = export.records[0].fields
        assert [origin.column for origin in fields.values()] == list(kind.fields)
        for name in kind.key:
            assert not fields[name].optional


def test_every_canonical_export_recognises_itself_and_no_other():
    """The bare required columns of a kind are enough, and lead to that kind only."""
    source = make_canonical_source(RECORDS)
    for export in source.exports:
        fields = export.records[0].fields
        for headers in (list(fields), [n for n, f in fields.items() if not f.optional]):
            layout = find_layout([Grid((tuple(headers),))], source, RECORDS)
            assert layout.export.id == export.id


def test_what_an_export_says_of_the_participant_feeds_no_trajectory():
    exports = {export.id: export for export in load_catalogue().sources["clientdossier"].exports}
    export = exports["trajecten"]
    of_participant = {column for column in export.known_columns if "deelnemer" in column}
    assert of_participant == {
        "Aanmelddatum deelnemer",
        "Afsluitdatum deelnemer",
        "Reden afsluiting deelnemer",
    }
    for record in export.records:
        assert not of_participant & {field.column for field in record.fields.values()}
    (closure,) = (record for record in export.records if record.kind == "closure")
    assert "reason_code" not in closure.fields  # the trajectory has no reason of its own
