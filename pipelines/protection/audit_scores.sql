-- grain: one row per audit and item, subscale or total, with the change since the round before
create or replace table protected.audit_scores as
select
    s.organisation_id,
    s.team_id,
    s.audit_id,
    s.audit_date,
    s.round,
    s.instrument,
    s.part,
    case when not d.is_suppressed then s.score end as score,
    case when not d.is_suppressed then s.lowest end as lowest,
    case when not d.is_suppressed then s.highest end as highest,
    case when not d.is_suppressed then s.band end as band,
    case when not d.is_suppressed then s.raters end as raters,
    case when d.is_suppressed then 'suppressed' else s.status end as status,
    -- a change tells both scores apart: neither round may be hidden
    case
        when not d.is_suppressed and not earlier.is_suppressed then c.previous_score
    end as previous_score,
    case
        when not d.is_suppressed and not earlier.is_suppressed then c.score_change
    end as score_change,
    d.is_suppressed
from results.audit_scores as s
inner join protected.audit_disclosure as d
    on d.organisation_id = s.organisation_id
    and d.audit_id = s.audit_id
left join results.audit_change as c
    on c.organisation_id = s.organisation_id
    and c.audit_id = s.audit_id
    and c.part = s.part
left join protected.audit_disclosure as earlier
    on earlier.organisation_id = c.organisation_id
    and earlier.audit_id = c.previous_audit_id;
