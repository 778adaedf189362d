"""Checks about files and organisations instead of single records.

What does not belong here: checks that follow from a field declaration (``record_checks``).
"""

from quality_checks.checks import Check

# A kind of which the latest file is older than the organisation's latest by more than a month reads
# as neglect where only a file is missing.
BEHIND_LIMIT_DAYS = 31
# More than one row in twenty that cannot be read makes totals doubtful. Our own default.
QUARANTINED_SHARE_LIMIT = 0.05

DELIVERED_KINDS = (
    "select distinct organisation_id, record_kind from {batch} where record_kind is not null"
)

KIND_BEHIND = """
select file.organisation_id, file.record_kind,
    cast(min(owner.known_until) - max(file.file_date) as bigint) as observed
from (select * from {batch} where record_kind is not null) as file
join staged.organisation as owner on owner.organisation_id = file.organisation_id
group by file.organisation_id, file.record_kind
"""

QUARANTINED_SHARE = """
select organisation_id, record_kind,
    cast(sum(quarantined) as double) / sum(rows_read - not_a_record) as observed
from {batch}
where record_kind is not null
group by organisation_id, record_kind
having sum(rows_read - not_a_record) > 0
"""

# A warning about a whole file names no record kind; the delivery report tells about it.
ROW_WARNINGS = """
select distinct organisation_id, record_kind, delivery, row_number
from {batch}
where record_kind is not null
"""


# What scoring calls a unit -> the record kind it comes from, where the two differ.
UNIT_RECORD_KIND = """
case unit_kind
    when 'case' then 'team_review_case'
    when 'review' then 'team_review'
    else unit_kind
end
"""
# Blocks of days are made by the calendar, not delivered: without a team row they are no finding. A
# unit that several indicators look at counts once per quarter.
UNITS_OUTSIDE = f"""
select organisation_id, {UNIT_RECORD_KIND} as record_kind,
    count(distinct (team_id, period, unit_id)) as observed
from {{batch}}
where unit_kind <> 'block'
group by organisation_id, unit_kind
"""
UNITS = (
    f"select distinct organisation_id, {UNIT_RECORD_KIND} as record_kind from score.unit_candidate"
)

# An item that the list of its instrument does not have takes part in no score.
UNKNOWN_ITEM = """
select rated.organisation_id, 'audit_rating' as record_kind, delivered.delivery,
    delivered.row_number
from {batch} as rated
join staged.audit_rating as delivered
    on delivered.organisation_id = rated.organisation_id
    and delivered.audit_id = rated.audit_id
    and delivered.assessor_id = rated.assessor_id
    and delivered.item_id = rated.item_id
    and delivered.evidence_source = rated.evidence_source
    and delivered.is_consensus = rated.is_consensus
where not rated.is_known_item
"""


def list_delivery_checks(kinds: tuple[str, ...]) -> list[Check]:
    """The checks of files, row warnings, units outside team activity and audit items."""
    report = "quality.delivery_report"
    return [
        Check(
            name="kind_behind",
            table=report,
            record_kinds=kinds,
            severity="warning",
            measure=KIND_BEHIND,
            threshold=BEHIND_LIMIT_DAYS,
            scope=DELIVERED_KINDS,
        ),
        Check(
            name="quarantined_share",
            table=report,
            record_kinds=kinds,
            severity="warning",
            measure=QUARANTINED_SHARE,
            threshold=QUARANTINED_SHARE_LIMIT,
            scope=DELIVERED_KINDS,
        ),
        Check(
            name="row_warning",
            table="quality.warning",
            record_kinds=kinds,
            severity="warning",
            offenders=ROW_WARNINGS,
            scope="select distinct organisation_id, record_kind from quality.delivery_report"
            " where record_kind is not null",
        ),
        Check(
            name="unit_outside_team_activity",
            table="score.unit_outside_activity",
            record_kinds=kinds,
            severity="warning",
            measure=UNITS_OUTSIDE,
            scope=UNITS,
        ),
        Check(
            name="unknown_audit_item",
            table="results.audit_rating",
            record_kinds=("audit_rating",),
            severity="warning",
            offenders=UNKNOWN_ITEM,
            scope="select distinct organisation_id, 'audit_rating' as record_kind from {batch}",
        ),
    ]
