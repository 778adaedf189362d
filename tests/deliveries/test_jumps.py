"""A file that differs too much waits: what counts as a jump, and which files are held."""

import itertools
import json

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.refusal_words import describe_jump
from pipelines.catalogue.wording import load_words
from pipelines.deliveries import read_journal
from pipelines.deliveries.jumps import JumpCode, find_jumps, record_acceptance
from pipelines.deliveries.profiles import Profile, read_profiles

LIMITS = load_catalogue().jump_limits["delivery"]
HEADER = "contact_id;trajectory_id;contact_date;mode;duration_minutes\n"


def make_profile(rows: int, filled: int | None = None, **codes: int) -> Profile:
    columns = {"contact_id#record": rows, "duration": rows if filled is None else filled}
    return Profile("same", rows, columns, {"mode": codes or {"phone": rows}})


def list_codes(before: Profile, now: Profile, is_complete: bool = False) -> list[str]:
    return [jump.code for jump in find_jumps(before, now, LIMITS, is_complete)]


@pytest.mark.parametrize(
    ("before", "now", "is_complete", "expected"),
    [
        (100, 50, False, []),
        (100, 49, False, ["rows_fell"]),
        (100, 200, False, []),
        (100, 201, False, ["rows_rose"]),
        (49, 5, True, []),  # too small to judge
        (100, 19, False, []),  # a correction
        (100, 19, True, ["rows_fell"]),  # a complete file is never a correction
        (100, 0, True, ["rows_fell"]),
    ],
)
def test_rows_may_halve_and_double_and_no_more(before, now, is_complete, expected):
    assert list_codes(make_profile(before), make_profile(now), is_complete) == expected


def test_column_that_was_filled_and_now_is_nearly_empty_is_a_jump():
    before = make_profile(100, filled=50)
    assert list_codes(before, make_profile(100, filled=6)) == []
    (jump,) = find_jumps(before, make_profile(100, filled=5), LIMITS, False)
    assert (jump.code, jump.values) == (
        "column_emptied",
        {"column": "duration", "filled": 5, "filled_before": 50},
    )
    assert list_codes(make_profile(100, filled=49), make_profile(100, filled=0)) == []


def test_column_that_is_gone_from_the_file_counts_as_emptied():
    gone = Profile("same", 100, {"contact_id#record": 100}, {"mode": {"phone": 100}})
    assert list_codes(make_profile(100), gone) == ["column_emptied"]


def test_code_that_rises_by_forty_points_or_is_gone_is_a_jump():
    before = make_profile(100, phone=60, group=20, message=20)
    assert list_codes(before, make_profile(100, phone=99, group=1, message=0)) == ["code_gone"]
    risen = list_codes(before, make_profile(100, phone=20, group=20, message=60))
    assert risen == ["code_rose"]
    unknown = make_profile(100, phone=30, group=10, message=10, **{"?": 50})
    assert list_codes(before, unknown) == ["unknown_rose"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", JumpCode)
def test_every_jump_has_a_sentence_in_both_languages(code, language):
    names = ("rows", "rows_before", "filled", "filled_before", "percent", "percent_before")
    values = {**dict.fromkeys(names, 1234), "column": "Vorm", "code": "x"}
    sentence = describe_jump(load_words(language), code, values)
    assert "1.234" in sentence if language == "nl" else "1,234" in sentence


def write_contacts(door, name: str, rows: int, day: int, **columns: str) -> None:
    cells = {"mode": "phone", "duration": "30"} | columns
    lines = [f"c{n};j1;2026-01-02;{cells['mode']};{cells['duration']}\n" for n in range(rows)]
    # The day makes two files of one size differ, as two exports do.
    lines.append(f"day{day};j1;2026-01-{day:02};phone;30\n")
    door.write(name, HEADER + "".join(lines))


@pytest.fixture
def dated_door(door):
    """A door at which contact files carry their date in their name."""
    canonical = {
        name: {"column": name, "optional": name == "duration_minutes"}
        for name in ("contact_id", "trajectory_id", "contact_date", "mode", "duration_minutes")
    }
    door.add_source(
        "dated",
        {
            "id": "contacts",
            "file_date_pattern": r"(\d{4}-\d{2}-\d{2})",
            "records": [{"kind": "contact", "fields": canonical}],
        },
    )
    door.add_organisation("org", source="dated")
    return door


def list_files(deliveries) -> list[str]:
    return sorted(delivery.file for delivery in deliveries)


def list_waiting(reception) -> list[str]:
    return list_files(waiting.delivery for waiting in reception.waiting)


def test_paused_file_is_landed_and_the_previous_data_stay_in_use(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 100, 10)
    assert dated_door.receive().waiting == ()
    write_contacts(dated_door, "2026-01-20.csv", 30, 20)

    reception = dated_door.receive()

    assert [entry.file for entry in reception.deliveries] == ["2026-01-10.csv"]
    (waiting,) = reception.waiting
    assert waiting.previous.file == "2026-01-10.csv"
    assert waiting.reason == "The file has 31 rows; the previous one had 101."
    assert (dated_door.run.landing / waiting.delivery.landing).is_file()
    assert dated_door.receive().waiting == (waiting,)


def test_accepted_file_is_taken_and_is_the_measure_for_the_next(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 100, 10)
    write_contacts(dated_door, "2026-01-20.csv", 30, 20)
    record_acceptance(dated_door.run.journal, dated_door.receive().waiting[0])
    assert dated_door.receive().waiting == ()
    write_contacts(dated_door, "2026-01-25.csv", 35, 25)

    assert list_files(dated_door.receive().deliveries)[-1] == "2026-01-25.csv"


def test_later_file_that_is_whole_again_goes_on_while_the_other_waits(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 100, 10)
    write_contacts(dated_door, "2026-01-20.csv", 30, 20)
    write_contacts(dated_door, "2026-01-25.csv", 105, 25)

    reception = dated_door.receive()

    assert list_files(reception.deliveries) == ["2026-01-10.csv", "2026-01-25.csv"]
    assert list_waiting(reception) == ["2026-01-20.csv"]


def test_correction_is_no_measure_for_the_next_file(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 100, 10)
    write_contacts(dated_door, "2026-01-20.csv", 10, 20)
    write_contacts(dated_door, "2026-01-25.csv", 105, 25)
    assert dated_door.receive().waiting == ()


def test_another_organisation_goes_on(dated_door):
    dated_door.add_organisation("other", source="dated")
    for organisation, rows in (("org", 30), ("other", 100)):
        for day, count in ((10, 100), (20, rows)):
            lines = "".join(f"c{n};j1;2026-01-{day};phone;30\n" for n in range(count))
            dated_door.write(f"2026-01-{day}.csv", HEADER + lines, organisation)

    reception = dated_door.receive()

    assert [w.delivery.organisation_id for w in reception.waiting] == ["org"]
    assert [d.organisation_id for d in reception.deliveries] == ["org", "other", "other"]


def test_which_files_wait_does_not_depend_on_the_order_of_arrival(dated_door, tmp_path):
    files = {"2026-01-10.csv": 100, "2026-01-15.csv": 60, "2026-01-20.csv": 27}
    outcomes = set()
    for number, order in enumerate(itertools.permutations(files)):
        dated_door.root = tmp_path / str(number)
        dated_door.add_organisation("org", source="dated")
        key = dated_door.run.key_file
        key.parent.mkdir()
        key.write_bytes(bytes(range(7, 71)))
        key.chmod(0o600)
        for name in order:
            write_contacts(dated_door, name, files[name], int(name[8:10]))
            reception = dated_door.receive()
        outcomes.add((tuple(list_files(reception.deliveries)), *list_waiting(reception)))
    assert outcomes == {(("2026-01-10.csv", "2026-01-15.csv"), "2026-01-20.csv")}


def test_profile_holds_counts_and_no_text_of_the_file(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 60, 10, mode="geheim")
    write_contacts(dated_door, "2026-01-20.csv", 60, 20, duration="onbekend")
    dated_door.receive()

    first, second = sorted(
        read_profiles(dated_door.run.journal).values(), key=lambda p: sorted(p.codes["mode"])
    )
    assert first.codes["mode"] == {"?": 60, "phone": 1}
    assert second.codes["mode"] == {"phone": 61}
    assert second.filled["duration_minutes"] == 1  # "onbekend" is nothing
    journal = dated_door.run.journal.read_text()
    assert "geheim" not in journal and "onbekend" not in journal


def test_files_are_counted_once_and_only_where_there_are_two(dated_door):
    write_contacts(dated_door, "2026-01-10.csv", 60, 10)
    dated_door.receive()
    assert read_profiles(dated_door.run.journal) == {}
    write_contacts(dated_door, "2026-01-20.csv", 60, 20)
    for _ in range(2):
        dated_door.receive()
    events = [json.loads(line)["event"] for line in dated_door.run.journal.open()]
    assert events.count("profile") == 2
    assert len(read_journal(dated_door.run.journal)[0]) == 2
