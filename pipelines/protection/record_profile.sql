-- grain: one row per level, organisation, team, period and part
create or replace table protected.record_profile as
with hidden_part as (
    select
        d.level,
        coalesce(d.organisation_id, '') as organisation_key,
        coalesce(d.team_id, '') as team_key,
        d.period,
        m.part
    from protected.score_disclosure as d
    inner join protected.profile_part as m
        on m.organisation_key = coalesce(d.organisation_id, '')
        and m.indicator_id = d.indicator_id
        and m.indicator_version = d.indicator_version
    where d.status = 'scored' and d.is_suppressed
    group by d.level, coalesce(d.organisation_id, ''), coalesce(d.team_id, ''), d.period, m.part
),
profile as (
    select
        p.*,
        h.part is not null as is_suppressed
    from results.record_profile as p
    left join hidden_part as h
        on p.level = h.level
        and coalesce(p.organisation_id, '') = h.organisation_key
        and coalesce(p.team_id, '') = h.team_key
        and p.period = h.period
        and p.part = h.part
)
select
    level,
    organisation_id,
    team_id,
    period,
    part,
    case when not is_suppressed then score end as score,
    case when not is_suppressed then lowest end as lowest,
    case when not is_suppressed then highest end as highest,
    case when not is_suppressed then band end as band,
    case when not is_suppressed then indicators_scored end as indicators_scored,
    case when not is_suppressed then indicators_applicable end as indicators_applicable,
    case when is_suppressed then 'suppressed' else status end as status,
    is_suppressed
from profile;
