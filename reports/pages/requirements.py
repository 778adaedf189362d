"""Requirements of the method: every team beside every requirement, in words."""

import pandas as pd

from reports.pages.page import Page, PageContext
from reports.panels import requirement_counts
from reports.requirement_lines import MARKS, STATUSES, list_requirement_lines, show_norm


def build(context: PageContext) -> list[Page]:
    """The requirements page."""
    organisation, words, language = context.organisation, context.words, context.language
    year = organisation.year
    catalogue = context.catalogue.requirements
    names = {one.id: one.name.in_language(language) for one in catalogue.values()}
    panels = []
    of_teams = [team.requirements for team in organisation.teams if len(team.requirements)]
    rows = []
    if of_teams:
        every_team = pd.concat(of_teams)
        of_year = every_team[every_team["period"] == year]
        rows = requirement_counts.records(of_year, list(names))
    if rows:
        panels.append(requirement_counts.make_panel(rows, names, words, context.formats))
    return [
        Page(
            path="requirements.html",
            template="requirements.html",
            section="requirements",
            title=words("requirements.title"),
            panels=panels,
            values={
                "panel": panels[0] if panels else None,
                "requirements": [
                    {
                        "id": one.id,
                        "name": names[one.id],
                        "rule": one.rule_text.in_language(language),
                        "norm": show_norm(context, one, None),
                        "provenance": words(f"provenance.{one.provenance}"),
                        "source": one.source,
                    }
                    for one in catalogue.values()
                ],
                "table": [
                    (entity, {line.requirement.id: line
                              for line in list_requirement_lines(context, entity, year)})
                    for entity in (organisation.itself, *organisation.teams)
                ],
                "statuses": [(MARKS[s], words(f"requirement_status.{s}"),
                              words(f"requirement_meaning.{s}")) for s in STATUSES],
            },
        )
    ]  # fmt: skip
