-- grain: one row per organisation or team and year in which outcomes are told
-- How small a group of clients may be, and whether a team has staff enough to be told about at all.
create or replace table protected.outcome_place as
with staff as (
    select
        score.organisation_id,
        score.team_id,
        score.period,
        max(population.workers_count) as workers_count
    from results.indicator_scores as score
    inner join score.indicator_population as population
        on population.score_key = score.score_key
    where score.level = 'team'
    group by
        score.organisation_id,
        score.team_id,
        score.period
),
told as (
    select distinct level, organisation_id, team_id, period from results.outcome_flow
    union
    select distinct level, organisation_id, team_id, period from results.outcome_change
    union
    select distinct level, organisation_id, team_id, period from results.goal_attainment
    union
    select distinct level, organisation_id, team_id, period from results.closures
)
select
    told.level,
    told.organisation_id,
    told.team_id,
    told.period,
    coalesce(organisation.minimum_clients, $default_minimum::integer) as minimum_clients,
    staff.workers_count,
    told.level = 'team'
    and coalesce(staff.workers_count, 0) < $minimum_workers::integer as is_small_team
from told
left join protected.organisation as organisation
    on organisation.organisation_id = told.organisation_id
left join staff
    on staff.organisation_id = told.organisation_id
    and staff.team_id = told.team_id
    and staff.period = told.period
-- quarters of outcomes are too thin to tell, and pages never show all organisations added up
where told.level <> 'all'
    and length(told.period) = 4;
