"""Releases: what these pages show that the pages before them did not."""

from pipelines.explain.score_key import read_score_key
from reports.pages.page import Page, PageContext
from reports.released_figures import FigureChange, ReleaseChanges

LONGEST_LIST = 40
KINDS = ("added", "provisional", "corrected", "gone", "same")


def build(context: PageContext) -> list[Page]:
    """The page on what changed since the release before."""
    words, changes = context.words, context.changes
    kept = context.organisation.kept_scores
    lines = [_describe(context, one) for one in changes.corrected[:LONGEST_LIST]]
    return [
        Page(
            path="releases.html",
            template="releases.html",
            section="data",
            title=words("releases.title"),
            values={
                "headline": _write_headline(context, changes),
                "previous": changes.previous,
                "new_files": changes.new_files,
                "counts": [
                    (words(f"releases.kind.{kind}"), context.formats.count(number))
                    for kind in KINDS
                    if (number := changes.figures.get(kind))
                ],
                "corrected": lines,
                "kept": [_name(context, row["score_key"]) for row in kept[:LONGEST_LIST]],
                "more_kept": max(0, len(kept) - LONGEST_LIST),
                "more": max(0, len(changes.corrected) - LONGEST_LIST),
                "new_versions": [
                    {"name": context.name(id), "before": before, "now": now}
                    for id, before, now in changes.new_versions
                    if id in context.catalogue.indicators
                ],
            },
        )
    ]


def _write_headline(context: PageContext, changes: ReleaseChanges) -> str:
    words = context.words
    if changes.previous is None:
        return words("releases.first")
    moved = sum(changes.figures.get(kind, 0) for kind in ("added", "provisional", "corrected"))
    return words(
        "releases.headline",
        previous=changes.previous,
        moved=context.formats.count(moved),
        corrected=context.formats.count(changes.figures.get("corrected", 0)),
    )


def _name(context: PageContext, score_key: str) -> dict:
    """What a score key is about, in words."""
    key = read_score_key(score_key)
    is_declared = key.indicator_id in context.catalogue.indicators
    names = {team.team_id: team.name for team in context.organisation.teams}
    whole = context.words("team.whole_organisation")
    return {
        "indicator": context.name(key.indicator_id) if is_declared else key.indicator_id,
        "whom": names.get(key.team_id, whole) if key.team_id else whole,
        "period": context.formats.period(key.period),
    }


def _describe(context: PageContext, change: FigureChange) -> dict:
    key = read_score_key(change.score_key)
    declared = context.catalogue.indicators.get(key.indicator_id)
    unit = declared.printed_unit if declared else "share"
    return {
        **_name(context, change.score_key),
        "key": change.score_key,
        "before": context.formats.value(change.value_before, unit),
        "now": context.formats.value(change.value_now, unit),
        "score_before": context.formats.score(change.score_before),
        "score_now": context.formats.score(change.score_now),
    }
