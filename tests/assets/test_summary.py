"""What the terminal says about files that were not taken in."""

from assets.session import Session
from assets.summary import list_refusals
from pipelines.catalogue import load_catalogue
from pipelines.deliveries import Reception, Refusal
from pipelines.deliveries.outcomes import SkippedFile
from pipelines.run import Run
from pipelines.warehouse import open_warehouse


def test_refused_and_skipped_files_get_a_line_each_with_the_english_sentence(tmp_path):
    run = Run(tmp_path / "inbox", tmp_path, tmp_path / "key", load_catalogue())
    refusal = Refusal("f0", "org", "leeg.csv", "The file is empty.", "file_empty", {})
    skipped = SkippedFile("org", "weg.csv", "The file was gone before it was read.")
    with open_warehouse() as warehouse:
        session = Session(run, warehouse)
        assert list_refusals(session) == []
        session.reception = Reception((), (), (refusal,), (skipped,))
        assert list_refusals(session) == [
            "  refused: org, leeg.csv: The file is empty.",
            "  skipped: org, weg.csv: The file was gone before it was read.",
        ]
