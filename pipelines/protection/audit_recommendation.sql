-- grain: one recommendation of an audit that may be shown
-- The owner is delivered as free text, in which a name can stand: only roles that we know pass.
create or replace table protected.audit_recommendation as
select
    r.organisation_id,
    r.team_id,
    r.audit_id,
    r.audit_date,
    r.round,
    r.instrument,
    r.item_id,
    r.recommendation_code,
    r.priority,
    case
        when trim(coalesce(r.owner_role, '')) <> '' then coalesce(role.role_code, 'other')
    end as owner_role_code,
    r.due_date,
    r.status,
    r.status_date,
    r.follow_up,
    r.is_overdue,
    r.item_score,
    r.next_round,
    r.next_audit_date,
    case when not later.is_suppressed then r.next_item_score end as next_item_score,
    case when not later.is_suppressed then r.item_score_change end as item_score_change,
    r.is_repeated
from results.audit_recommendation as r
inner join protected.audit_disclosure as d
    on d.organisation_id = r.organisation_id
    and d.audit_id = r.audit_id
left join protected.audit_disclosure as later
    on later.organisation_id = r.organisation_id
    and later.audit_id = r.next_audit_id
left join protected.role_name as role
    on role.role_name = lower(trim(r.owner_role))
where not d.is_suppressed;
