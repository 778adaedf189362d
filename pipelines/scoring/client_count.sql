-- grain: indicator x team or organisation x period with a unit that counts: its distinct clients
create or replace table score.client_count as
with behind as (
    select distinct
        unit.indicator_key,
        unit.organisation_id,
        unit.team_id,
        unit.period,
        trajectory.client_id
    from score.unit as unit
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = unit.organisation_id
        and trajectory.trajectory_id = unit.trajectory_id
    where unit.exclusion_reason is null
        and trajectory.client_id is not null
)
select
    'team' as level,
    indicator_key,
    organisation_id,
    team_id,
    period,
    count(*) as clients_count
from behind
group by
    indicator_key,
    organisation_id,
    team_id,
    period
union all
select
    'organisation' as level,
    indicator_key,
    organisation_id,
    '' as team_id,
    period,
    count(distinct client_id) as clients_count
from behind
group by
    indicator_key,
    organisation_id,
    period
