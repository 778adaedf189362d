"""Nothing is guessed silently: what the door detected stands in the delivery report."""

import pytest

from pipelines.deliveries import read_journal

FACTS = ("format", "encoding", "separator", "sheet", "file_date_origin", "export")


def read_detected(sample_run, organisation_id: str, file: str) -> list[tuple]:
    return sample_run.warehouse.fetch_all(
        """
        select detected, value, column_name, row_count
        from quality.file_detection
        where organisation_id = ? and file = ?
        """,
        [organisation_id, file],
    )


def test_every_fact_unknown_column_and_warning_of_the_journal_is_in_the_report(sample_run):
    deliveries, _ = read_journal(sample_run.home / "journal.jsonl")
    assert len(deliveries) > 60
    for entry in deliveries:
        detected = read_detected(sample_run, entry.organisation_id, entry.file)
        facts = [(name, getattr(entry, name)) for name in FACTS]
        wanted = [(name, value, None, None) for name, value in facts if value is not None]
        wanted += [("unknown_column", None, name, None) for name in entry.columns_unknown]
        wanted += [(one.warning, None, one.column, one.row_count) for one in entry.warnings]
        if entry.header_row:
            wanted.append(("header_row", str(entry.header_row), None, None))
        assert sorted(map(repr, detected)) == sorted(map(repr, wanted)), entry.file


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("zilverhorst", "tekst (CSV); Windows-1252; puntkomma"),
        ("zilverhorst", "Kamernummer"),
        ("getij", "werkblad Worksheet; kopregel in rij 8; datum uit de aanhef"),
    ],
)
def test_the_organisation_reads_it_on_its_own_page(sample_run, slug, told):
    page = sample_run.home / "site" / "organisations" / slug / "nl" / "data.html"
    assert told in page.read_text(encoding="utf-8")
