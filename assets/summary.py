"""What a run did, as a table for people: read, kept, set aside, scored, checked, published."""

from assets.session import Session
from pipelines.warehouse import Warehouse

COLUMNS = ("read", "staged", "superseded", "quarantined", "not a record", "refused", "waiting")

COUNT_FILES = """
select
    organisation.name,
    coalesce(sum(rows_read) filter (where record_kind is not null), 0),
    coalesce(sum(staged), 0),
    coalesce(sum(superseded), 0),
    coalesce(sum(quarantined), 0),
    coalesce(sum(not_a_record), 0),
    count(*) filter (where refused_reason is not null),
    count(*) filter (where waiting_reason is not null)
from quality.delivery_report as report
left join staged.organisation as organisation using (organisation_id)
group by report.organisation_id, organisation.name
order by report.organisation_id
"""


def list_refusals(session: Session) -> list[str]:
    """A line per file of the inbox that was not taken in or waits, with the reason."""
    if session.reception is None:
        return []
    waiting = [
        f"  waiting: {file.delivery.organisation_id}, {file.delivery.file}: {file.reason} The data"
        f" before it stay in use. To take it as it is: krachtwerk accept --organisation"
        f" {file.delivery.organisation_id} --delivery {file.delivery.delivery[:12]}"
        for file in session.reception.waiting
    ]
    return waiting + [
        f"  {what}: {file.organisation_id}, {file.file}: {file.reason}"
        for what, files in (
            ("refused", session.reception.refusals),
            ("skipped", session.reception.skipped),
        )
        for file in files
    ]


def describe_run(session: Session, is_published: bool) -> str:
    """The closing table of a run."""
    warehouse = session.warehouse
    lines = ["", *_list_rows(warehouse), ""]
    if is_published:
        lines.append(_describe_scores(warehouse))
    lines.append(_describe_checks(warehouse))
    lines.extend(_list_blocking(warehouse))
    lines.extend(_list_places(session) if is_published else [NOT_PUBLISHED_TEXT])
    return "\n".join(lines)


NOT_PUBLISHED_TEXT = (
    "Published   nothing: a blocking check failed. What was published before is still there."
)


def _list_rows(warehouse: Warehouse) -> list[str]:
    rows = warehouse.fetch_all(COUNT_FILES)
    total = ("total", *(sum(row[place] for row in rows) for place in range(1, len(COLUMNS) + 1)))
    width = max(len(str(row[0])) for row in (*rows, total))
    head = f"{'rows':<{width}}" + "".join(f"{name:>14}" for name in COLUMNS)
    body = [
        f"{row[0]!s:<{width}}" + "".join(f"{n:>14,}" for n in row[1:]) for row in (*rows, total)
    ]
    return [head, *body]


def _describe_scores(warehouse: Warehouse) -> str:
    scores, scored, periods = warehouse.fetch_one(
        "select count(*), count(*) filter (where status = 'scored'), count(distinct period)"
        " from results.indicator_scores"
    )
    return f"Scored      {scored:,} of {scores:,} indicator values, over {periods} periods"


def _describe_checks(warehouse: Warehouse) -> str:
    counts = dict(
        warehouse.fetch_all("select status, count(*) from quality.check_result group by status")
    )
    names = {
        "passed": "passed",
        "failed": "with findings",
        "error": "could not be done",
        "not_applicable": "not applicable",
    }
    parts = [f"{counts[status]:,} {name}" for status, name in names.items() if counts.get(status)]
    return f"Checks      {', '.join(parts) or 'none'}"


def _list_blocking(warehouse: Warehouse) -> list[str]:
    rows = warehouse.fetch_all(
        'select record_kind, "check", organisation_id, status, observed'
        " from quality.check_result where severity = 'blocking' and status in ('failed', 'error')"
        " order by all"
    )
    return [
        f"  blocking: {kind}, {check}, {organisation}: "
        + (f"{observed:g} found" if status == "failed" else "could not be done")
        for kind, check, organisation, status, observed in rows
    ]


def _list_places(session: Session) -> list[str]:
    site = session.run.site
    lines = [f"Results     {session.run.results}", f"Published   {site.as_uri()}/index.html"]
    lines.extend(
        f"            {(site / 'organisations' / slug / 'index.html').as_uri()}"
        for slug in sorted(session.site.bytes_by_organisation)
    )
    return lines
