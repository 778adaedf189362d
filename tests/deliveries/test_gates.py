"""What is held back: BSNs, e-mail addresses and free text in declared columns."""

import pytest

from pipelines.deliveries.gates import make_bsn_sql, make_holds_bsn_sql
from pipelines.warehouse import open_warehouse

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(number: int) -> bool:
    digits = f"{number:09d}"
    return sum(w * int(d) for w, d in zip(BSN_WEIGHTS, digits, strict=True)) % 11 == 0


BSNS = [number for number in range(100_000_000, 100_010_000) if is_bsn(number)]
OTHERS = [number for number in range(100_000_000, 100_001_000) if not is_bsn(number)]


@pytest.fixture(scope="module")
def warehouse():
    with open_warehouse() as opened:
        yield opened


def test_eleven_test_agrees_with_plain_arithmetic(warehouse):
    numbers = [*range(111_222_300, 111_222_400), *range(11_111_100, 11_111_200)]

    found = warehouse.fetch_all(
        f"select n, {make_bsn_sql('n')} from unnest(?) t(n)", [[str(number) for number in numbers]]
    )

    assert {int(n) for n, passes in found if passes} == {n for n in numbers if is_bsn(n)}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("111222333", True),
        ("1112.22.333", True),
        ("111 222 333", True),
        ("cliënt 111222333 belde", True),
        ("111222334", False),
        ("1112223330", False),
        ("000000000", False),
        ("", False),
        ("tekst", False),
        ("01-03-2024", False),
        ("2024-03-01 10:00:00", False),
        ("45352.125", False),
        ("1111111.1", False),
    ],
)
def test_bsn_is_found_in_a_text_but_not_in_dates_and_decimals(warehouse, text, holds):
    assert warehouse.fetch_one(f"select {make_holds_bsn_sql('$1')}", [text]) == (holds,)


def test_no_date_of_a_century_reads_as_a_bsn(warehouse):
    dates = "select date '1950-01-01' + i::integer as d from range(36600) t(i)"
    for shape in ("%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%-d-%-m-%Y", "%Y-%m-%d %H:%M:%S"):
        text = f"strftime(d, '{shape}')"
        assert warehouse.fetch_one(
            f"select count(*) from ({dates}) where {make_holds_bsn_sql(text)}"
        ) == (0,)


def write_trajectories(door, ids, target="dak- en thuisloos", gender="male"):
    rows = [f"T{n};{client};t1;cti;2024-01-01;{target};{gender}" for n, client in enumerate(ids)]
    header = "trajectory_id;client_id;team_id;programme;start_date;target_group;gender"
    door.write("t.csv", "\n".join([header, *rows]))


def test_key_column_full_of_bsns_refuses_the_file_and_keeps_none(door):
    write_trajectories(door, BSNS[:20])

    reason = door.refuse_one().reason

    assert '"client_id" holds BSNs (20 of 20' in reason
    kept = door.read_home()
    assert not any(str(bsn).encode() in kept for bsn in BSNS[:20])
    assert list(door.run.landing.glob("*")) == []


@pytest.mark.parametrize(
    "ids",
    [BSNS[:19], [*BSNS[:10], *OTHERS[:10]], [*BSNS[:19], *BSNS[:19]], OTHERS[:500]],
)
def test_numbers_that_pass_by_chance_are_only_hashed(door, ids):
    write_trajectories(door, ids)

    assert door.receive_one().rows_read == len(ids)
    kept = door.read_home()
    assert not any(str(number).encode() in kept for number in ids)


def test_eight_digit_bsns_are_recognised(door):
    short = [n for n in range(10_000_000, 10_010_000) if is_bsn(n)][:25]
    write_trajectories(door, short)

    assert "holds BSNs" in door.refuse_one().reason


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("111222333", "bsn"),
        ("zie dossier 111222333", "bsn"),
        ("jan@voorbeeld.nl", "email"),
        ("Meneer vertelde vandaag uitgebreid over zijn jeugd in Assen en " + "x" * 40, "free_text"),
    ],
)
def test_text_column_with_personal_content_is_held_back_whole(door, target, reason):
    write_trajectories(door, ["1", "2"], target=target)

    delivery = door.receive_one()

    assert [(w.warning, w.column) for w in delivery.warnings] == [
        (f"column_held_back_{reason}", "target_group")
    ]
    assert [row["target_group"] for row in door.read_landing(delivery)] == [None, None]
    assert target.encode() not in door.read_home()


def test_bsn_in_a_code_column_is_replaced_in_its_cell_only(door):
    door.write(
        "t.csv",
        "trajectory_id;team_id;programme;start_date;gender\n"
        "T1;t1;cti;2024-01-01;male\nT2;t1;cti;2024-01-01;111222333\nT3;t1;cti;111222333;male\n",
    )

    delivery = door.receive_one()

    landed = door.read_landing(delivery)
    assert [row["gender"] for row in landed] == ["male", "#held_back", "male"]
    assert landed[2]["start_date"] == "#held_back"
    assert sorted((w.warning, w.column, w.row_count) for w in delivery.warnings) == [
        ("cell_held_back", "gender", 1),
        ("cell_held_back", "start_date", 1),
    ]
    assert b"111222333" not in door.read_home()


def test_mapping_that_keeps_a_column_called_bsn_is_refused(door):
    door.add_organisation(source="eigen")
    record = {"kind": "trajectory", "fields": {"client_id": {"column": "BSN"}}}
    door.add_source("eigen", {"id": "trajecten", "records": [record]})
    door.write("t.csv", "BSN\n1\n")

    assert "a BSN by its name" in door.refuse_one().reason


def test_canaries_in_every_undeclared_or_personal_place_never_reach_the_disk(door):
    door.add_organisation(source="eigen")
    record = {
        "kind": "trajectory",
        "fields": {
            "trajectory_id": {"column": "Nummer"},
            "client_id": {"column": "Dossier"},
            "worker_id": {"column": "Coach", "is_name": True},
            "age_band": {"column": "Geboortedatum", "age_band_at": "Start"},
            "start_date": {"column": "Start"},
        },
    }
    export = {"id": "trajecten", "known_columns": ["BSN", "Voornaam"], "records": [record]}
    door.add_source("eigen", export)
    canaries = {
        "Nummer": "T-kanarie-1",
        "Dossier": "D-kanarie-2",
        "Coach": "Katrijn Kanarie",
        "Geboortedatum": "17-04-1983",
        "Start": "01-03-2024",
        "BSN": "111222333",
        "Voornaam": "Kanariefiën",
        "E-mail": "kanarie@vogel.nl",
        "Notitie": "Mevrouw Kanarie zong vandaag",
    }
    line = ";".join(canaries.values())
    for encoding in ("utf-8", "cp1252", "utf-16"):
        text = "\n".join(["Rapport voor Kanarie", ";".join(canaries), line, f"{line};teveel", ""])
        door.write(f"{encoding}.csv", text.encode(encoding))
    door.write("stuk.csv", ";".join(canaries) + '\n"' + line)

    reception = door.receive()

    assert len(reception.deliveries) == 3
    assert len(reception.refusals) == 1
    kept = door.read_home().lower()
    for header, value in canaries.items():
        for encoding in ("utf-8", "utf-16-le"):
            assert header == "Start" or value.lower().encode(encoding) not in kept
    assert b"kanarie" not in kept
    assert b"1983" not in kept
    assert reception.deliveries[0].columns_unknown == ("E-mail", "Notitie")


def test_long_text_and_day_in_a_code_are_held_back_cell_by_cell(door):
    story = "Vertelde vandaag dat haar zus op zondag altijd opbelt en dat zij dan samen eten."
    header = "trajectory_id;client_id;team_id;programme;age_band;target_group;start_date\n"
    door.write(
        "trajectory.csv",
        header
        + "1;c1;t1;krachtwerk;29-02-1904;schulden;2025-01-01\n"
        + f"2;c2;t1;{story};from_30_to_44;{story + story};2025-01-01\n"
        + "3;c3;t1;krachtwerk;from_30_to_44;wonen;2025-01-02\n",
    )
    delivery = door.receive_one()
    rows = door.read_landing(delivery)
    assert [row["age_band"] for row in rows] == ["#held_back", "from_30_to_44", "from_30_to_44"]
    assert [row["programme"] for row in rows] == ["krachtwerk", "#held_back", "krachtwerk"]
    assert [row["target_group"] for row in rows] == ["schulden", "#held_back", "wonen"]
    assert [row["start_date"] for row in rows] == ["2025-01-01", "2025-01-01", "2025-01-02"]
    held = {warning.column for warning in delivery.warnings if warning.warning == "cell_held_back"}
    assert held == {"age_band", "programme", "target_group"}


def test_cell_with_several_known_values_may_be_long(door):
    tasks = "Ontmoeten en aansluiten, Krachten inventariseren, Zelfregulering inschatten"
    fields = {
        "contact_id": {"column": "Nr"},
        "trajectory_id": {"column": "Traject"},
        "contact_date": {"column": "Datum"},
        "mode": {"constant": "phone"},
        "basic_task": {"column": "Taken", "split": ", ", "take": "first"},
    }
    door.add_source("joined", {"id": "c", "records": [{"kind": "contact", "fields": fields}]})
    door.add_organisation("org", source="joined")
    door.write("c.csv", f"Nr;Traject;Datum;Taken\n1;1;2025-01-01;{tasks}\n")
    assert [row["Taken"] for row in door.read_landing(door.receive_one())] == [tasks]
