"""The proposal goes through the real door and staging, and its counts are told."""

from dataclasses import replace

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from pipelines.onboard import rehearse, write_mapping

CATALOGUE = load_catalogue()
TEAMS = "Teamcode;Teamnaam;Werkveld;Startdatum team\nZH01;Team Wilg;wijkteam;01-03-2019\n"


def make_contacts(count: int = 30) -> str:
    lines = ["Contactnummer;Trajectnummer;Contactdatum;Duur in minuten;Vorm"]
    lines += [f"c{at};T{at % 5};01-02-2024;{at};telefonisch" for at in range(count)]
    return "\n".join([*lines, "Totaal;;;900;"])


def make_trajectories(broken: int = 0) -> str:
    lines = ["Trajectnummer;Cliëntnummer;Teamcode;Programma;Startdatum traject"]
    for at in range(12):
        day = "31-02-2024" if at < broken else "01-01-2024"
        lines.append(f"T{at};{9000 + at};ZH01;Krachtwerk;{day}")
    return "\n".join(lines)


def run(look, work, **contents):
    proposal = look(**contents)
    text = write_mapping(proposal, "proef", CATALOGUE, load_words("nl"))
    work.mkdir()
    paths = [table.table.path for table in proposal.tables]
    return rehearse(paths, text, "proef", "proef", CATALOGUE, work)


def test_every_row_is_staged_quarantined_or_no_record(look, tmp_path):
    result = run(
        look,
        tmp_path / "dry",
        teams=TEAMS,
        trajecten=make_trajectories(1),
        contacten=make_contacts(),
    )
    counts = {file.file: file.counts[0] for file in result.files}
    contacts, trajectories = counts["contacten.csv"], counts["trajecten.csv"]
    assert (contacts.rows_read, contacts.staged, contacts.not_a_record) == (31, 24, 1)
    assert contacts.quarantined == 6  # the contacts of the one trajectory without a start date
    assert (trajectories.staged, trajectories.quarantined) == (11, 1)
    reasons = {finding.code: finding.rows for file in result.files for finding in file.faults}
    assert reasons == {"not_a_date": 1, "parent_quarantined": 6}


def test_a_file_alone_tells_that_it_refers_to_another(look, tmp_path):
    result = run(look, tmp_path / "dry", contacten=make_contacts())
    (file,) = result.files
    assert file.counts[0].staged == 0
    assert [finding.code for finding in file.faults] == ["unknown_reference"]


def test_a_file_that_the_door_refuses_is_told_as_such(look, tmp_path):
    proposal = look(contacten=make_contacts())
    text = write_mapping(proposal, "proef", CATALOGUE, load_words("nl"))
    text = text.replace("'Contactdatum'", "'Een andere kolom'")
    (tmp_path / "dry").mkdir()
    paths = [table.table.path for table in proposal.tables]
    (file,) = rehearse(paths, text, "proef", "proef", CATALOGUE, tmp_path / "dry").files
    assert file.refused[0] == "header_incomplete"


def test_a_file_that_shrinks_is_read_and_does_not_wait(look, tmp_path):
    """A run asks first when rows halve; a rehearsal shows what the mapping makes of every row."""
    first, second = make_contacts(200), make_contacts(40)
    result = run(look, tmp_path / "dry", a=first, b=second, t=make_trajectories(), teams=TEAMS)
    counts = {file.file: file.counts[0].rows_read for file in result.files}
    assert (counts["a.csv"], counts["b.csv"]) == (201, 41)


def test_the_mapping_of_both_samples_stages_nearly_every_row(getij, zilverhorst, tmp_path):
    for name, proposal, lowest in (("getij", getij, 0.93), ("zilverhorst", zilverhorst, 0.99)):
        text = write_mapping(proposal, name, CATALOGUE, load_words("en"))
        (tmp_path / name).mkdir()
        paths = [t.table.path for t in proposal.tables if t.records and t.is_main]
        catalogue = replace(CATALOGUE, sources={})
        result = rehearse(paths, text, name, name, catalogue, tmp_path / name)
        counts = [one for file in result.files for one in file.counts]
        read = sum(one.rows_read - one.not_a_record for one in counts)
        # Superseded rows were of use until a later file replaced them.
        assert sum(one.staged + one.superseded for one in counts) / read >= lowest
        assert all(file.refused is None for file in result.files)
