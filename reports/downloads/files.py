"""Which files an entity has to take away, and what is in them."""

from pathlib import PurePosixPath

from reports.downloads.dutch_csv import write_dutch_csv
from reports.downloads.sheet import Sheet
from reports.downloads.sheets import list_sheets
from reports.downloads.workbook import write_workbook
from reports.organisation import Entity
from reports.pages.page import Download, PageContext

FOLDER = "downloads"


def list_downloads(context: PageContext, entity: Entity) -> list[Download]:
    """A workbook with everything, and each of its sheets as CSV; nothing without figures."""
    words = context.words
    sheets = list_sheets(context, entity)
    if not sheets:
        return []
    stem = name_stem(entity)
    name = entity.name if entity.team_id is not None else context.organisation.name
    book = write_workbook(
        sheets,
        _describe(context, name, sheets),
        f"{name} · {words('site.product')}",
        context.organisation.as_of,
    )
    files = [Download(f"{FOLDER}/{stem}.xlsx", words("download.workbook"), book)]
    for sheet in sheets:
        content = write_dutch_csv(sheet, words("download.yes"), words("download.no"))
        label = words("download.csv", sheet=sheet.title)
        files.append(Download(f"{FOLDER}/{stem}-{sheet.key}.csv", label, content))
    return files


def name_stem(entity: Entity) -> str:
    """The first part of the names of the files of an entity."""
    return PurePosixPath(entity.page).stem if entity.team_id is not None else "organisation"


def _describe(context: PageContext, name: str, sheets: list[Sheet]) -> list[tuple[str, str]]:
    organisation, words = context.organisation, context.words
    return [
        (words("download.sheet.about"), words("download.about")),
        (words("download.about_whom"), name),
        (words("download.about_organisation"), organisation.name),
        (words("download.about_known"), context.formats.date(organisation.known_until)),
        (words("download.about_release"), context.release_id),
        *((sheet.title, words(f"download.explain.{sheet.key}")) for sheet in sheets),
        (
            words("download.suppressed"),
            words("site.anonymous", minimum=organisation.minimum_clients),
        ),
        (words("status.provisional"), words("status_meaning.provisional")),
    ]
