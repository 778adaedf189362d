"""What is proposed for columns, codes and rows, and with which reasons."""

from pipelines.onboard import Confidence


def list_codes(table, kind: str, field: str) -> dict[str, str]:
    _, use = table.list_uses(kind)[field]
    return {code.text: code.code for code in use.codes}


def find_table(proposal, name: str):
    return next(table for table in proposal.tables if table.table.file == name)


def explain(whys) -> list[str]:
    return [why.code for why in whys]


def test_codes_are_understood_by_lists_words_and_negations(getij):
    trajectories = find_table(getij, "Trajecten.xlsx")
    assert list_codes(trajectories, "trajectory", "gender") == {
        "Man": "male", "Vrouw": "female", "Anders": "other",
    }  # fmt: skip
    assert list_codes(trajectories, "closure", "exit_interview") == {
        "Wel exitgesprek": "true", "Geen exitgesprek": "false",
    }  # fmt: skip


def test_a_column_that_asks_the_reverse_is_turned_round(getij):
    trajectories = find_table(getij, "Trajecten.xlsx")
    assert list_codes(trajectories, "closure", "without_contact") == {
        "Wel contact": "false", "Geen contact": "true",
    }  # fmt: skip
    _, use = trajectories.list_uses("closure")["without_contact"]
    assert "header_reversed" in explain(use.whys)
    assert use.confidence is not Confidence.HIGH


def test_yes_and_no_themselves_are_turned_round_too(look):
    header = "Contactnummer;Trajectnummer;Contactdatum;Vorm;Verschenen\n"
    rows = "".join(
        f"c{at};T{at};01-02-2024;telefonisch;{'Ja' if at % 3 else 'Nee'}\n" for at in range(30)
    )
    (table,) = look(contacten=header + rows).tables
    assert list_codes(table, "contact", "no_show") == {"Ja": "false", "Nee": "true"}


def test_rows_without_a_trajectory_number_find_it_by_client_and_start(getij):
    (record,) = find_table(getij, "Contactmomenten.xlsx").records
    assert record.parent == ("trajectory_id", "trajectory")
    assert record.row_key is not None
    assert record.row_key[0] == "contact_id"


def test_closures_in_trajectory_rows_are_records_of_their_own(getij):
    trajectory, closure = find_table(getij, "Trajecten.xlsx").records
    assert (trajectory.kind, closure.kind) == ("trajectory", "closure")
    columns = find_table(getij, "Trajecten.xlsx").columns
    assert columns[closure.only_where].header == "Afsluitdatum traject"


def test_a_date_the_system_fills_in_is_the_planned_one(getij):
    column, use = find_table(getij, "Trajecten.xlsx").list_uses("trajectory")["planned_end_date"]
    assert column.header == "Einddatum traject"
    assert use.options == {"is_default_date": True}


def test_a_date_of_the_person_is_not_one_of_the_trajectory(getij):
    columns = {column.header: column for column in find_table(getij, "Trajecten.xlsx").columns}
    for header in (
        "Aanmelddatum deelnemer",
        "Afsluitdatum deelnemer",
        "Reden afsluiting deelnemer",
    ):
        assert columns[header].uses == ()
        assert explain(columns[header].whys) == ["of_the_person"]


def test_several_values_in_a_cell_are_split_and_the_first_is_taken(getij):
    _, use = find_table(getij, "Contactmomenten.xlsx").list_uses("contact")["basic_task"]
    assert use.options == {"split": ", ", "take": "first"}


def test_names_of_workers_are_hashed_as_names(getij):
    _, use = find_table(getij, "Werkbegeleiding.xlsx").list_uses("supervision")["supervisor_id"]
    assert use.options == {"is_name": True}


def test_lost_leading_zeros_are_seen_in_the_other_file(zilverhorst):
    trainings = find_table(zilverhorst, "trainingen_2026-06-30.csv")
    _, use = trainings.list_uses("training")["worker_id"]
    assert use.options == {"pad_to": 6}
    assert "zeros_lost" in explain(use.whys)


def test_keys_that_stand_in_another_file_are_a_reason(zilverhorst):
    contacts = find_table(zilverhorst, "contacten_2026-06-30.csv")
    _, use = contacts.list_uses("contact")["trajectory_id"]
    linked = next(why for why in use.whys if why.code == "cells_linked")
    assert linked.values["file"] == "trajecten_2026-06-30.csv"


def test_what_is_required_and_has_no_column_is_named(getij):
    (record,) = find_table(getij, "Zrm.xlsx").records
    assert record.missing == ("informant",)
    assert record.constants == {"instrument": "zrm"}


def test_a_file_of_no_known_kind_is_left_out_whole(zilverhorst):
    roster = find_table(zilverhorst, "rooster_2026-06-30.csv")
    assert roster.records == ()
    assert all(column.uses == () for column in roster.columns)


def test_a_second_delivery_with_the_same_headers_shares_the_export(zilverhorst):
    first = find_table(zilverhorst, "evaluaties_2026-06-28.csv")
    second = find_table(zilverhorst, "evaluaties_2026-06-30_correctie.csv")
    assert second.repeats == first.export_id


def test_two_weak_guesses_never_push_out_a_sure_one(look):
    header = "Mdw nr;Naam mdw;Eenheid;Start dienst;Functie;Fte\n"
    rows = "".join(
        f"{7000 + at};Wilg Roerdomp;U{at % 3};01-02-2024;begeleider;1\n" for at in range(30)
    )
    (table,) = look(personeel=header + rows).tables
    column, use = table.list_uses("worker")["worker_id"]
    assert (column.header, use.confidence) == ("Mdw nr", Confidence.HIGH)
