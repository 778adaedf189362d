"""A layout whose column names are nobody's choice here: those of a public exchange format.

Homeless services in another country exchange files with such names (an identifier per person,
project and enrolment; a date of entry and exit), of which a few stand here with invented rows. It
is the hold-out for words in English: the onboarding words are never changed for it.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from tests.onboard.strange_layout import LEFT_OUT, Columns, feed, write_tables

START = date(2024, 3, 4)


def write_layout(folder: Path) -> list[Path]:
    """Writes the files; always the same bytes."""
    dice = random.Random(50)
    rows = {
        "Project.csv": [
            [f"P{n}", "ORG1", f"Harbour House {n}", "2015-01-01", "2026-01-01" if n == 3 else "", n]
            for n in range(1, 4)
        ],
        "Enrollment.csv": [
            [f"EN{at:05d}", f"PE{at * 3:06d}", f"P{1 + at % 3}", _day(at * 4), f"H{at:05d}", 1,
             dice.choice((0, 1)), _day(at * 4), _day(at * 4 + 2), f"u{at % 9}"]
            for at in range(140)
        ],
        "Exit.csv": [
            [f"EX{at:05d}", f"EN{at:05d}", f"PE{at * 3:06d}", _day(at * 4 + 150),
             dice.choice((10, 20, 31)), _day(at * 4 + 151)]
            for at in range(0, 140, 2)
        ],
        "Assessment.csv": [
            [f"AS{at:05d}", f"EN{at % 140:05d}", _day(at * 2), dice.choice(("T0", "T1", "T2")),
             dice.randrange(20, 60), "client"]
            for at in range(260)
        ],
        "CaseContact.csv": [
            [f"CC{at:05d}", f"EN{at % 140:05d}", f"ST{at % 20:02d}", _day(at), 15 * (1 + at % 3),
             dice.choice(("Phone", "Face to face", "Video")), dice.choice(("Home", "Office"))]
            for at in range(400)
        ],
        "Staff.csv": [
            [f"ST{at:02d}", f"P{1 + at % 3}", _day(-400 + at), "" if at % 5 else _day(300),
             dice.choice(("Support worker", "Team leader")), dice.choice((0.6, 0.8, 1.0))]
            for at in range(20)
        ],
    }  # fmt: skip
    return write_tables(folder, rows, TRUTH, "utf-8", lambda _: ",")


def _day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


TRUTH: dict[str, Columns] = {
    "Project.csv": {
        "ProjectID": {("team", "team_id")},
        "OrganizationID": LEFT_OUT,
        **feed("team", name="ProjectName", start_date="OperatingStartDate",
                end_date="OperatingEndDate", setting="ProjectType"),
    },
    "Enrollment.csv": {
        **feed("trajectory", trajectory_id="EnrollmentID", client_id="PersonalID",
                team_id="ProjectID", start_date="EntryDate"),
        "HouseholdID": LEFT_OUT,
        "RelationshipToHoH": LEFT_OUT,
        "DisablingCondition": LEFT_OUT,
        "DateCreated": LEFT_OUT,
        "DateUpdated": LEFT_OUT,
        "UserID": LEFT_OUT,
    },
    "Exit.csv": {
        "ExitID": LEFT_OUT,
        "EnrollmentID": {("closure", "trajectory_id")},
        "PersonalID": LEFT_OUT,
        **feed("closure", closure_date="ExitDate", housing_after="Destination"),
        "DateCreated": LEFT_OUT,
    },
    "Assessment.csv": feed(
        "outcome_measurement", measurement_id="AssessmentID", trajectory_id="EnrollmentID",
        measured_date="AssessmentDate", moment="AssessmentStage", score="AssessmentScore",
        informant="InformationSource",
    ),
    "CaseContact.csv": feed(
        "contact", contact_id="ContactID", trajectory_id="EnrollmentID", worker_id="StaffID",
        contact_date="ContactDate", duration_minutes="ContactMinutes", mode="ContactMethod",
        place="ContactLocation",
    ),
    "Staff.csv": feed(
        "worker", worker_id="StaffID", team_id="ProjectID", start_date="StartDate",
        end_date="EndDate", role="StaffRole", fte="FTE",
    ),
}  # fmt: skip
