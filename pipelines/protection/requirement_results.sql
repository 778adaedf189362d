-- grain: one row per organisation, team (empty = the organisation), period and requirement
-- A requirement of its own (early contact) is protected by the population under its own key.
create or replace table protected.requirement_results as
with subject as (
    select
        r.organisation_id,
        r.team_id,
        r.period,
        r.requirement_id,
        r.value,
        r.norm,
        r.status,
        r.reason,
        t.subject,
        d.is_suppressed as is_indicator_suppressed,
        h.cell_key is not null as is_own_hidden
    from results.requirement_results as r
    inner join protected.requirement_subject as t
        on r.organisation_id = t.organisation_id
        and r.requirement_id = t.requirement_id
    left join protected.score_disclosure as d
        on r.organisation_id = d.organisation_id
        and coalesce(r.team_id, '') = coalesce(d.team_id, '')
        and r.period = d.period
        and t.subject = d.indicator_id
        and t.subject_version = d.indicator_version
    left join protected.hidden_requirement as h
        on h.cell_key = r.requirement_id || '|' || r.organisation_id || '|'
            || coalesce(r.team_id, '') || '|' || r.period
),
judged as (
    select
        *,
        coalesce(is_indicator_suppressed, is_own_hidden) as is_suppressed
    from subject
)
select
    organisation_id,
    team_id,
    period,
    requirement_id,
    case when not is_suppressed then value end as value,
    case when not is_suppressed then norm end as norm,
    case when is_suppressed then 'suppressed' else status end as status,
    case when is_suppressed then 'suppressed' else reason end as reason,
    is_suppressed
from judged;
