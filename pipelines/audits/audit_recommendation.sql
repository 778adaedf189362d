-- grain: recommendation of an audit, followed for half a year and to the next round
create or replace table results.audit_recommendation as
with item_score as (
    select
        organisation_id,
        audit_id,
        part as item_id,
        score,
        status
    from results.audit_scores
),
followed as (
    select
        recommendation.organisation_id,
        audit.team_id,
        recommendation.audit_id,
        audit.audit_date,
        audit.round,
        audit.instrument,
        recommendation.item_id,
        recommendation.recommendation_code,
        recommendation.priority,
        recommendation.owner_role,
        recommendation.due_date,
        -- what became of it after the last export is not known yet
        case
            when recommendation.status_date > organisation.known_until then 'open'
            else recommendation.status
        end as status,
        case
            when recommendation.status_date <= organisation.known_until
                then recommendation.status_date
        end as status_date,
        audit.audit_date + 183 as follow_up_date,
        organisation.known_until,
        audit.next_audit_id
    from staged.audit_recommendation as recommendation
    inner join audit.audit as audit
        on audit.organisation_id = recommendation.organisation_id
        and audit.audit_id = recommendation.audit_id
    inner join staged.organisation as organisation
        on organisation.organisation_id = recommendation.organisation_id
)
select
    followed.organisation_id,
    followed.team_id,
    followed.audit_id,
    followed.audit_date,
    followed.round,
    followed.instrument,
    followed.item_id,
    followed.recommendation_code,
    followed.priority,
    followed.owner_role,
    followed.due_date,
    followed.status,
    followed.status_date,
    followed.follow_up_date,
    case
        when followed.status = 'done' and followed.status_date is null then 'done_undated'
        when followed.status = 'done' and followed.status_date <= followed.follow_up_date
            then 'done'
        when followed.status = 'done' then 'done_late'
        when followed.status = 'dropped' then 'dropped'
        when followed.known_until < followed.follow_up_date then 'not_yet_due'
        else followed.status
    end as follow_up,
    coalesce(
        followed.status in ('open', 'in_progress') and followed.due_date < followed.known_until,
        false
    ) as is_overdue,
    now.score as item_score,
    now.status as item_status,
    next_audit.audit_id as next_audit_id,
    next_audit.audit_date as next_audit_date,
    next_audit.round as next_round,
    later.score as next_item_score,
    later.score - now.score as item_score_change,
    repeated.recommendation_code is not null as is_repeated
from followed
left join item_score as now
    on now.organisation_id = followed.organisation_id
    and now.audit_id = followed.audit_id
    and now.item_id = followed.item_id
left join audit.audit as next_audit
    on next_audit.organisation_id = followed.organisation_id
    and next_audit.audit_id = followed.next_audit_id
left join item_score as later
    on later.organisation_id = followed.organisation_id
    and later.audit_id = followed.next_audit_id
    and later.item_id = followed.item_id
left join staged.audit_recommendation as repeated
    on repeated.organisation_id = followed.organisation_id
    and repeated.audit_id = followed.next_audit_id
    and repeated.item_id = followed.item_id
    and repeated.recommendation_code = followed.recommendation_code
order by
    followed.organisation_id,
    followed.team_id,
    followed.audit_date,
    followed.audit_id,
    followed.item_id,
    followed.recommendation_code
