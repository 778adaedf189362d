"""A page context of one small organisation, for panels and pages of outcomes without a site."""

import pandas as pd

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from reports.formats import Formats
from reports.organisation import Entity, Organisation
from reports.outcome_book import OutcomeBook
from reports.pages.page import PageContext

EMPTY = {
    "scores": ["score_key", "period", "indicator_id"],
    "profile": ["period", "part"],
    "requirements": ["period", "requirement_id"],
    "exclusions": ["score_key"],
}
SUPPRESSED = {
    "completers_count": None, "mean_change": None, "ci_low": None, "ci_high": None,
    "mean_t0": None, "d_t0_sd": None, "srm": None, "share_improved": None,
    "share_improved_ci_low": None, "share_improved_ci_high": None,
    "share_improved_lowest": None, "share_improved_highest": None, "status": "suppressed",
    "is_suppressed": True, "is_lost_suppressed": True,
}  # fmt: skip


def make_entity(team: str | None, name: str) -> Entity:
    frames = (pd.DataFrame(columns=columns) for columns in EMPTY.values())
    return Entity(team, name, None, f"team-{team}.html" if team else "index.html", *frames)


def make_context(
    language: str = "nl", teams: tuple[tuple[str, str], ...] = (), **rows: list[dict]
) -> PageContext:
    """The context of a page; ``rows`` fill the outcome book, or comparisons and series."""
    words = load_words(language)
    comparisons, series = rows.pop("comparisons", []), rows.pop("series", {})
    organisation = Organisation(
        organisation_id="o", name="O", slug="o", known_until=None, as_of=None,
        minimum_clients=10, itself=make_entity(None, "O"),
        teams=[make_entity(*team) for team in teams], everyone=None, years=["2024", "2025"],
        quarters=[], year="2025", is_year_provisional=False, outcomes=OutcomeBook(**rows),
        comparisons=comparisons, series=series,
    )  # fmt: skip
    return PageContext(organisation, load_catalogue(), words, Formats(words))


def hide(row: dict) -> dict:
    """The row of a change as protection leaves it when it is hidden."""
    return row | SUPPRESSED


def show(row: dict, **changes: object) -> dict:
    """The row of a change as protection leaves it when it is shown."""
    others = (
        "is_higher_better",
        "reliable_change_threshold",
        "lost_count",
        "lost_mean_t0",
        "completers_lost_difference",
        "improved_count",
        "unchanged_count",
        "deteriorated_count",
    )
    defaults = dict.fromkeys((*SUPPRESSED, *others))
    flags = {"is_suppressed": False, "is_lost_suppressed": False}
    return defaults | row | flags | changes
