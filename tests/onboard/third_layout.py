"""Exports of a client-file system that nobody has seen: other words, other forms, made-up people.

Written once from the record declarations, to measure how the onboarding does on strange words: 78 %
at the first try, 82 % after two defects. Common words that were added since know most of it, so
that it measures nothing new any more. ``TRUTH`` says by file and header what a column feeds; an
empty set: it is to be left out.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from tests.onboard.strange_layout import LEFT_OUT, Columns, feed, write_tables

START = date(2024, 1, 8)
NAMES = ("Wilg Roerdomp", "Meerkoet Vlier", "Esdoorn Zwaluw", "Fuut Berk", "Linde Kievit")
UNITS = ("U100", "U200", "U300")
STORY = "Vertelde over de verhuizing en het werk en keek tevreden terug op de laatste weken."


def write_layout(folder: Path) -> list[Path]:
    """Writes the files; always the same bytes."""
    dice = random.Random(20)
    rows = {
        "zorgeenheden.csv": _make_units(),
        "personeelsbestand.csv": _make_staff(dice),
        "zorgarrangementen_20260630.csv": _make_arrangements(dice),
        "agenda_gesprekken.csv": _make_talks(dice),
        "werkplannen.csv": _make_plans(dice),
        "subdoelen.csv": _make_goals(dice),
        "voortgangsgesprekken.csv": _make_evaluations(dice),
        "vragenlijsten_uitslag.csv": _make_scores(dice),
        "uitstroomregistratie.csv": _make_exits(dice),
    }
    return write_tables(
        folder, rows, TRUTH, "cp1252", lambda name: "|" if name.startswith("w") else ";"
    )


def _day(number: int) -> str:
    return (START + timedelta(days=number)).strftime("%d/%m/%Y")


def _make_units() -> list[list]:
    kinds = ("opvang huiselijk geweld", "beschermd wonen", "sociaal wijkteam")
    return [
        [unit, f"Huize {place}", kind, "01/03/2019", "", "Kade 1"]
        for unit, place, kind in zip(UNITS, ("Anemoon", "Boterbloem", "Klaver"), kinds, strict=True)
    ]


def _make_staff(dice: random.Random) -> list[list]:
    jobs = ("sociaal werker", "persoonlijk begeleider", "teamcoördinator", "praktijkbegeleider")
    return [
        [7000 + at, dice.choice(NAMES), dice.choice(UNITS), _day(-900 + at * 11),
         "" if at % 7 else _day(500), dice.choice(jobs), f"0,{dice.choice((67, 78, 89))}",
         dice.choice((24, 28, 32)), f"w{at}@huis.example"]
        for at in range(40)
    ]  # fmt: skip


def _make_arrangements(dice: random.Random) -> list[list]:
    found = []
    for at in range(160):
        begin = at * 4
        ended = begin + 200 if at % 3 else None
        found.append(
            [f"ARR-{5000 + at}", 880000 + at * 3, dice.choice(UNITS), 7000 + at % 40,
             dice.choice(("Krachtwerk", "Houvast", "CTI")), dice.choice(("M", "V", "X")),
             f"{dice.randrange(1, 28):02d}/0{dice.randrange(1, 9)}/{dice.randrange(1950, 2004)}",
             _day(begin - 20), _day(begin), _day(begin + 300), _day(ended) if ended else "",
             dice.choice(NAMES), f"06-{dice.randrange(10000000, 99999999)}",
             f"{dice.randrange(1000, 9999)} AB", dice.choice(("blauw", "rood", "groen"))]
        )  # fmt: skip
    return found


def _make_talks(dice: random.Random) -> list[list]:
    forms = ("fysiek", "belcontact", "online", "whatsapp")
    return [
        [f"G{at}", f"ARR-{5000 + at % 160}", 7000 + at % 40, _day(at), dice.choice((15, 30, 45)),
         dice.choice(forms), dice.choice(("huisbezoek", "kantoor", "onderweg")),
         dice.choice(("bewoner", "naasten", "gemeente")), dice.choice(("Ja", "Nee", "Nee", "Nee")),
         STORY if at % 2 else ""]
        for at in range(500)
    ]  # fmt: skip


def _make_plans(dice: random.Random) -> list[list]:
    states = ("concept", "vastgesteld", "beëindigd")
    return [
        [f"WP{at:05d}", f"ARR-{5000 + at}", 1 + at % 3, _day(at * 4 + 30), dice.choice(states)]
        for at in range(160)
    ]


def _make_goals(dice: random.Random) -> list[list]:
    states = ("open", "gehaald", "gedeeltelijk", "ingetrokken")
    return [
        [f"SD{at:05d}", f"WP{at % 160:05d}", f"leefgebied {1 + at % 10}",
         dice.choice(("langetermijndoel", "kortetermijndoel")), _day(at * 2), _day(at * 2 + 90),
         dice.choice(states), _day(at * 2 + 80) if at % 2 else "", dice.choice((-2, -1, 0, 1)),
         STORY]
        for at in range(300)
    ]  # fmt: skip


def _make_evaluations(dice: random.Random) -> list[list]:
    return [
        [f"VG-{at}", f"ARR-{5000 + at % 160}", dice.choice(("periodiek", "slotevaluatie")),
         _day(at * 3 + 180), _day(at * 3 + 184) if at % 5 else "", dice.choice(("J", "N")),
         dice.choice(("J", "N")), dice.choice((5, 6, 7, 8, 9)), dice.choice(("J", "N"))]
        for at in range(200)
    ]  # fmt: skip


def _make_scores(dice: random.Random) -> list[list]:
    return [
        [f"Q{at:06d}", f"ARR-{5000 + at % 160}", "I.ROC", "NL", dice.choice(("T0", "T1", "T2")),
         _day(at * 2), dice.choice(("client", "hulpverlener")), "totaal",
         f"{dice.randrange(20, 70)},5", dice.choice((0, 0, 1))]
        for at in range(300)
    ]  # fmt: skip


def _make_exits(dice: random.Random) -> list[list]:
    return [
        [f"ARR-{5000 + at}", _day(at * 4 + 200), dice.choice((19, 21, 23, 31)), *(
            dice.choice(("wel", "niet")) for _ in range(5)), dice.choice(("huis", "familie"))]
        for at in range(0, 160, 3)
    ]  # fmt: skip


TRUTH: dict[str, Columns] = {
    "zorgeenheden.csv": {
        **feed("team", team_id="Eenheidcode", name="Benaming eenheid", setting="Soort opvang",
                start_date="Actief sinds", end_date="Opgeheven per"),
        "Straat en huisnr": LEFT_OUT,
    },
    "personeelsbestand.csv": {
        "Mdw nr": {("worker", "worker_id")},
        "Naam mdw": LEFT_OUT,
        **feed("worker", team_id="Eenheidcode", start_date="Datum indiensttreding",
                end_date="Datum uitdiensttreding", role="Beroepsgroep", fte="Deeltijdfactor",
                contract_hours="Wekelijkse contracturen"),
        "Zakelijke mail": LEFT_OUT,
    },
    "zorgarrangementen_20260630.csv": {
        **feed("trajectory", trajectory_id="Arrangementnr", client_id="Relatienr bewoner",
                team_id="Eenheidcode", worker_id="Mdw nr PB", programme="Werkwijze", gender="M/V/X",
                age_band="Geb.dat.", registration_date="Aangemeld per",
                start_date="Ingangsdatum zorg",
                planned_end_date="Verwachte uitstroomdatum", end_date="Daadwerkelijk uitgestroomd"),
        "Roepnaam": LEFT_OUT,
        "Mobiel nr": LEFT_OUT,
        "PC": LEFT_OUT,
        "Kleur deur": LEFT_OUT,
    },
    "agenda_gesprekken.csv": {
        **feed("contact", contact_id="Gespreksnr", trajectory_id="Arrangementnr",
                worker_id="Mdw nr",
                contact_date="Gespreksdatum", duration_minutes="Bestede min.", mode="Kanaal",
                place="Waar", counterpart="Gesproken met", no_show="No-show"),
        "Gespreksnotitie": LEFT_OUT,
    },
    "werkplannen.csv": feed(
        "action_plan", plan_id="Werkplannr", trajectory_id="Arrangementnr", version="Versienr",
        plan_date="Vastgesteld op", status="Fase werkplan",
    ),
    "subdoelen.csv": {
        **feed("goal", goal_id="Subdoelnr", plan_id="Werkplannr", life_domain="Levensdomein",
                term="Lange of korte termijn", start_date="Gestart op", target_date="Beoogd gereed",
                status="Stand van zaken", closed_date="Afgesloten per", gas_score="GAS uitslag"),
        "Doelbeschrijving": LEFT_OUT,
    },
    "voortgangsgesprekken.csv": feed(
        "evaluation", evaluation_id="Voortgangsgesprek id", trajectory_id="Arrangementnr",
        kind="Type gesprek", planned_date="Ingepland", held_date="Heeft plaatsgevonden op",
        client_present="Bewoner erbij", network_present="Naasten erbij",
        client_rating="Cijfer van bewoner", report="Vastgelegd in dossier",
    ),
    "vragenlijsten_uitslag.csv": feed(
        "outcome_measurement", measurement_id="Afnamenr", trajectory_id="Arrangementnr",
        instrument="Vragenlijst", instrument_version="Uitgave", moment="Meetronde",
        measured_date="Afgenomen op", informant="Respondent", scale="Subschaal",
        score="Somscore", missing_item_count="Overgeslagen vragen",
    ),
    "uitstroomregistratie.csv": feed(
        "closure", trajectory_id="Arrangementnr", closure_date="Uitstroomdatum",
        reason_code="Beëindigingsreden", exit_interview="Afsluitend gesprek gevoerd",
        safety_plan="Signaleringsplan", final_evaluation="Slotevaluatie gedaan",
        network_meeting="Netwerkberaad gehouden", final_report="Slotverslag",
        housing_after="Verblijf na uitstroom",
    ),
}  # fmt: skip
