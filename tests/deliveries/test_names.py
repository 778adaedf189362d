"""Names of files, sheets and headers: a BSN or address in them is not kept, a date is."""

import pytest

from pipelines.deliveries.names import mask_personal


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("trajecten_123456782.csv", "trajecten_#held_back.csv"),
        ("export 32000005 v2.csv", "export #held_back v2.csv"),  # eight digits: a lost zero
        ("1234.56.782.csv", "#held_back.csv"),
        ("123456789.csv", "123456789.csv"),  # fails the eleven-test
        ("contacten_20260630.csv", "contacten_20260630.csv"),
        ("contacten_20260101.csv", "contacten_20260101.csv"),
        ("000000000.csv", "000000000.csv"),
        ("van jan@voorbeeld.nl", "van #held_back"),
        ("1234567829.csv", "1234567829.csv"),  # ten digits are no BSN
    ],
)
def test_bsn_and_address_are_masked_and_nothing_else(name, kept):
    assert mask_personal(name) == kept
