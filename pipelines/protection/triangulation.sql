-- grain: one row per audit that may be shown and item with a topic: the year that holds the audit
-- The side of the records is as protected as the smallest of the indicators behind it.
create or replace table protected.triangulation as
with hidden as (
    select distinct
        t.organisation_id,
        t.audit_id,
        t.item_id,
        t.period
    from results.triangulation_indicator as t
    inner join protected.score_disclosure as s
        on s.score_key = t.score_key
    where t.is_applicable
        and s.is_suppressed
),
beside as (
    select
        t.*,
        h.item_id is not null as is_record_suppressed
    from results.triangulation as t
    inner join protected.audit_disclosure as d
        on d.organisation_id = t.organisation_id
        and d.audit_id = t.audit_id
    left join hidden as h
        on h.organisation_id = t.organisation_id
        and h.audit_id = t.audit_id
        and h.item_id = t.item_id
        and h.period = t.period
    where not d.is_suppressed
        and (t.period is null or length(t.period) = 4)
)
select
    organisation_id,
    team_id,
    audit_id,
    audit_date,
    round,
    instrument,
    item_id,
    topic,
    period,
    case when not is_record_suppressed then record_score end as record_score,
    case when not is_record_suppressed then indicators_scored end as indicators_scored,
    case when not is_record_suppressed then indicators_applicable end as indicators_applicable,
    case when is_record_suppressed then 'suppressed' else record_status end as record_status,
    audit_score,
    audit_status,
    case when not is_record_suppressed then difference end as difference,
    case when not is_record_suppressed then direction end as direction,
    case when not is_record_suppressed then size end as size,
    not is_record_suppressed and has_few_units as has_few_units,
    not is_record_suppressed and has_missing_records as has_missing_records,
    is_other_period,
    is_record_suppressed
from beside;
