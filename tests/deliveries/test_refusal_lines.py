"""How a refusal is written: numbers and lists in words, and as a line of the journal."""

import json

from pipelines.catalogue.refusal_words import describe_refusal
from pipelines.catalogue.wording import load_words
from pipelines.deliveries.journal import Refusal, read_events
from pipelines.deliveries.refused import RefusalCode


def test_numbers_and_lists_are_written_as_the_reader_writes_them():
    values = {"rows": 1_048_576, "columns": 16_384}
    assert "1.048.576 rijen" in describe_refusal(load_words("nl"), "sheet_too_sparse", values)
    assert "1,048,576 rows" in describe_refusal(load_words("en"), "sheet_too_sparse", values)
    nl = describe_refusal(load_words("nl"), "header_ambiguous", {"exports": ["een", "twee"]})
    assert "meer dan één export: een, twee." in nl


def test_journal_line_holds_sentence_code_and_values(door):
    door.write("a.csv", "team_id;name;Pietersen\n")
    refusal = door.refuse_one()

    (event,) = read_events(door.run.journal)
    assert event["reason"] == describe_refusal(
        load_words("en"), event["reason_code"], event["reason_values"]
    )
    assert event["reason_values"]["columns"] == ["setting", "start_date"]
    assert refusal.reason_values == event["reason_values"]


def test_refusal_of_before_there_were_codes_gets_its_code_in_the_next_run(door):
    door.write("a.csv", "Pietersen;Jansen\n")
    door.refuse_one()
    (event,) = read_events(door.run.journal)
    old = {
        key: value for key, value in event.items() if key not in ("reason_code", "reason_values")
    }
    door.run.journal.write_text(json.dumps(old) + "\n", encoding="utf-8")

    refusal: Refusal = door.refuse_one()

    assert refusal.reason_code == RefusalCode.HEADER_UNKNOWN
    assert len(read_events(door.run.journal)) == 2
