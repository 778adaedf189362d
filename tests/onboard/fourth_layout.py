"""A second layout that nobody has seen, half in English and half in Dutch, with made-up people.

Written before the onboarding words were looked at, for kinds that the third layout does not have.
It showed that English was hardly known (40 % at the first try); common English words were added
then, so that it measures nothing new any more. ``TRUTH`` is as in ``third_layout``.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from tests.onboard.strange_layout import LEFT_OUT, Columns, feed, write_tables

START = date(2024, 2, 5)
SITES = ("LOC-1", "LOC-2", "LOC-3")
STORY = "She said the first weeks were hard and that the garden gives her rest in the evening."


def write_layout(folder: Path) -> list[Path]:
    """Writes the files; always the same bytes."""
    dice = random.Random(40)
    rows = {
        "service_locations.csv": _make_sites(),
        "staff_list.csv": _make_staff(dice),
        "client_episodes.csv": _make_episodes(dice),
        "interaction_log.csv": _make_interactions(dice),
        "support_plans.csv": _make_plans(dice),
        "plan_steps.csv": _make_steps(dice),
        "scholingsoverzicht.csv": _make_courses(dice),
        "krachtenanalyse.csv": _make_assessments(dice),
        "casuistiekbespreking.csv": _make_reviews(dice),
        "begeleidingsgesprekken_personeel.csv": _make_supervision(dice),
    }
    return write_tables(folder, rows, TRUTH, "utf-8-sig", lambda name: "," if "_" in name else "\t")


def _day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def _make_sites() -> list[list]:
    kinds = ("night shelter", "refuge", "floating support")
    return [
        [site, f"House {n}", kind, "2018-04-01", "", f"020-55500{n}"]
        for n, (site, kind) in enumerate(zip(SITES, kinds, strict=True))
    ]


def _make_staff(dice: random.Random) -> list[list]:
    jobs = ("key worker", "service manager", "peer worker")
    return [
        [f"S{at:03d}", f"Rowan Finch {at}", SITES[at % 3], _day(-700 + at * 9),
         _day(400) if at % 6 == 0 else "", dice.choice(jobs), dice.choice((0.5, 0.8, 1.0)),
         f"s{at}@house.example"]
        for at in range(36)
    ]  # fmt: skip


def _make_episodes(dice: random.Random) -> list[list]:
    return [
        [f"E{at:05d}", f"P{30000 + at * 7}", SITES[at % 3], f"S{at % 36:03d}",
         dice.choice(("Krachtwerk", "Houvast")), dice.choice(("male", "female", "other")),
         f"{dice.randrange(1955, 2003)}-05-1{at % 10}", _day(at * 3 - 14), _day(at * 3),
         _day(at * 3 + 250), _day(at * 3 + 210) if at % 4 else "", f"Sparrow {at}",
         dice.choice(("green", "amber")), STORY]
        for at in range(150)
    ]  # fmt: skip


def _make_interactions(dice: random.Random) -> list[list]:
    return [
        [f"I{at}", f"E{at % 150:05d}", f"S{at % 36:03d}", _day(at), dice.choice((10, 25, 40)),
         dice.choice(("in person", "phone call", "video call", "text message")),
         dice.choice(("home visit", "office", "outdoors")),
         dice.choice(("service user", "relative", "agency")),
         dice.choice(("Y", "N", "N")), STORY if at % 3 else ""]
        for at in range(400)
    ]  # fmt: skip


def _make_plans(dice: random.Random) -> list[list]:
    return [
        [f"SP{at:04d}", f"E{at:05d}", _day(at * 3 + 21), 1 + at % 2,
         dice.choice(("draft", "in force", "ended"))]
        for at in range(150)
    ]  # fmt: skip


def _make_steps(dice: random.Random) -> list[list]:
    return [
        [f"ST{at:05d}", f"D{at % 90}", dice.choice(("client", "worker", "family")), _day(at + 40),
         _day(at + 45) if at % 2 else "", dice.choice(("yes", "partly", "no")), STORY]
        for at in range(250)
    ]  # fmt: skip


def _make_courses(dice: random.Random) -> list[list]:
    kinds = ("basistraining", "verdiepingstraining", "opfristraining")
    return [
        [f"S{at % 36:03d}", dice.choice(kinds), _day(-300 + at * 4), dice.choice(("ja", "nee"))]
        for at in range(60)
    ]


def _make_assessments(dice: random.Random) -> list[list]:
    return [
        [f"KA{at:04d}", f"E{at:05d}", 1 + at % 3, _day(at * 3 + 10),
         dice.choice(("ja", "deels", "nee")), dice.choice(("ja", "nee"))]
        for at in range(150)
    ]  # fmt: skip


def _make_reviews(dice: random.Random) -> list[list]:
    return [
        [f"CB{at:04d}", SITES[at % 3], _day(at * 7), _day(at * 7) if at % 5 else "",
         dice.choice(("doorgegaan", "vervallen")), 60 + 15 * (at % 3), 8, dice.randrange(4, 9)]
        for at in range(80)
    ]  # fmt: skip


def _make_supervision(dice: random.Random) -> list[list]:
    kinds = ("meelopen", "individueel", "feedback")
    return [
        [f"BG{at:04d}", f"S{at % 36:03d}", f"S{(at + 5) % 36:03d}", _day(at * 2),
         dice.choice(kinds), dice.choice((30, 45, 60)), STORY]
        for at in range(120)
    ]  # fmt: skip


TRUTH: dict[str, Columns] = {
    "service_locations.csv": {
        **feed("team", team_id="Site code", name="Site name", setting="Service type",
                start_date="Opened", end_date="Closed"),
        "Telephone": LEFT_OUT,
    },
    "staff_list.csv": {
        "Staff ref": {("worker", "worker_id")},
        "Full name": LEFT_OUT,
        **feed("worker", team_id="Site code", start_date="Employed from",
                end_date="Employed until", role="Job title", fte="Working time factor"),
        "Work email": LEFT_OUT,
    },
    "client_episodes.csv": {
        **feed("trajectory", trajectory_id="Episode ref", client_id="Person ref",
                team_id="Site code", worker_id="Key worker ref", programme="Approach",
                gender="Sex", age_band="DOB", registration_date="Referred on",
                start_date="Support started", planned_end_date="Expected exit",
                end_date="Support ended"),
        "Surname": LEFT_OUT,
        "Traffic light": LEFT_OUT,
        "Background": LEFT_OUT,
    },
    "interaction_log.csv": {
        **feed("contact", contact_id="Interaction ref", trajectory_id="Episode ref",
                worker_id="Staff ref", contact_date="Date of interaction",
                duration_minutes="Minutes spent", mode="Channel", place="Setting",
                counterpart="Spoken with", no_show="Did not attend"),
        "Case note": LEFT_OUT,
    },
    "support_plans.csv": feed(
        "action_plan", plan_id="Plan ref", trajectory_id="Episode ref", plan_date="Agreed on",
        version="Edition", status="Plan state",
    ),
    "plan_steps.csv": {
        **feed("action", action_id="Step ref", goal_id="Goal ref", owner="Carried out by",
                due_date="To be done before", done_date="Done on", result="Succeeded"),
        "What": LEFT_OUT,
    },
    "scholingsoverzicht.csv": feed(
        "training", worker_id="Personeelsnummer", kind="Scholing", completed_date="Datum behaald",
        completed="Geslaagd",
    ),
    "krachtenanalyse.csv": feed(
        "strengths_assessment", assessment_id="Analysenummer", trajectory_id="Trajectcode",
        version="Versie", assessment_date="Opgesteld op", own_words="In eigen bewoordingen",
        client_agreed="Akkoord door client",
    ),
    "casuistiekbespreking.csv": feed(
        "team_review", review_id="Besprekingscode", team_id="Teamcode", planned_date="Geplande dag",
        held_date="Gehouden op", status="Doorgang", duration_minutes="Tijdsduur in min",
        expected_count="Uitgenodigd", present_count="Aanwezig",
    ),
    "begeleidingsgesprekken_personeel.csv": {
        **feed("supervision", supervision_id="Gesprekscode", worker_id="Personeelsnummer",
                supervisor_id="Personeelsnummer begeleider", session_date="Datum gesprek",
                kind="Vorm", duration_minutes="Aantal minuten"),
        "Verslag": LEFT_OUT,
    },
}  # fmt: skip
