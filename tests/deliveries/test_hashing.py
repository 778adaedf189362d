"""Keyed hashes: the same as HMAC-SHA-256 in Python, and equal ids stay equal across files."""

import hashlib
import hmac

import pytest

from pipelines.catalogue.models.sources import FieldSource
from pipelines.deliveries.hashing import make_hash_table
from pipelines.warehouse import open_warehouse

KEY = hashlib.sha256(b"organisation").digest()


def hash_in_python(text: str, domain: str = "client", key: bytes = KEY) -> str:
    message = f"{domain}\x1f{text}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:20]


def hash_in_sql(*cells: str | None, domain: str = "client", **rule: object) -> list[str | None]:
    with open_warehouse() as warehouse:
        warehouse.execute("create temp table incoming (v0 varchar)")
        for cell in cells:
            warehouse.execute("insert into incoming values (?)", [cell])
        make_hash_table(warehouse, "hashed", "v0", domain, FieldSource(**rule), KEY)
        found = dict(warehouse.fetch_all("from hashed"))
    return [found.get(cell) for cell in cells]


def test_hash_is_hmac_sha256_cut_to_twenty_characters():
    texts = ["1", "0012", "é€漢", "a'b", "x" * 500]

    assert hash_in_sql(*texts) == [hash_in_python(text) for text in texts]


def test_domains_are_kept_apart():
    assert hash_in_sql("1", domain="worker") == [hash_in_python("1", "worker")]
    assert hash_in_python("1", "worker") != hash_in_python("1")


def test_every_way_of_writing_nothing_has_no_hash():
    assert hash_in_sql("-", "n.v.t.", "N.V.T.", "Onbekend", None, "0") == [
        *[None] * 5,
        hash_in_python("0"),
    ]


def test_lost_leading_zeros_come_back_before_hashing():
    assert hash_in_sql("12", "000012", "A12", "1234567", pad_to=6) == [
        hash_in_python(text) for text in ("000012", "000012", "A12", "1234567")
    ]


def test_names_are_folded_before_hashing():
    names = ["Anne  de Boer", "ANNE DE BOER", "anne\u00a0de boer"]
    first, second, _ = hash_in_sql(*names, is_name=True)

    assert first == second == hash_in_python("anne de boer")


def test_names_map_to_ids_as_data():
    rule = {"codes": {"Anne de Boer": "W1", "Weg": ""}, "is_name": False}

    assert hash_in_sql("anne de boer", "W1", "Weg", **rule) == [
        hash_in_python("W1"),
        hash_in_python("W1"),
        None,
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"split": ", "}, "#multiple"),
        ({"split": ", ", "take": "first"}, hash_in_python("a")),
        ({"split": ", ", "take": "last"}, hash_in_python("b")),
        ({"split": ", ", "codes": {"a, b": "ab"}}, hash_in_python("ab")),
    ],
)
def test_of_several_values_the_mapping_says_which(rule, expected):
    assert hash_in_sql("a, b", **rule) == [expected]
    assert hash_in_sql("c", **rule) == [hash_in_python("c")]


def test_ids_meet_across_files_formats_and_organisations_stay_apart(door):
    door.add_organisation("other")
    contact = "contact_id,trajectory_id,contact_date,mode\nc1,T1,2024-01-01,phone\n"
    door.write("c.csv", contact)
    door.write("t.csv", "trajectory_id;team_id;programme;start_date\nT1;t1;cti;2024-01-01\n")
    door.write("c.csv", contact, "other")

    deliveries = door.receive().deliveries

    found = {
        (d.organisation_id, d.export): door.read_landing(d)[0]["trajectory_id#record"]
        for d in deliveries
    }
    assert found["org", "contact"] == found["org", "trajectory"]
    assert found["other", "contact"] != found["org", "contact"]


def test_column_that_feeds_two_domains_lands_twice_hashed_and_never_plain(door):
    door.add_organisation(source="eigen")
    record = {
        "kind": "trajectory",
        "fields": {"trajectory_id": {"column": "Nummer"}, "client_id": {"column": "Nummer"}},
    }
    door.add_source("eigen", {"id": "trajecten", "records": [record]})
    door.write("t.csv", "Nummer\nT1\n")

    (row,) = door.read_landing(door.receive_one())

    assert set(row) == {"row_number", "#row_fault", "Nummer#record", "Nummer#client"}
    assert row["Nummer#record"] != row["Nummer#client"]
