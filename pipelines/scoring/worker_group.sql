-- grain: level x organisation x team x period x group of support workers in service at its end
create or replace table score.worker_group as
with present as (
    select
        worker.organisation_id,
        worker.team_id,
        own_row.period,
        own_row.year,
        own_row.until_day,
        worker.is_settled
    from fact.active_worker as worker
    inner join fact.team_period as own_row
        on own_row.organisation_id = worker.organisation_id
        and own_row.team_id = worker.team_id
        and own_row.period = worker.period
),
placed as (
    select
        organisation_id,
        team_id,
        period,
        is_settled
    from present
    union all
    -- the year equals the quarter that holds its last known day
    select
        present.organisation_id,
        present.team_id,
        present.year as period,
        present.is_settled
    from present
    inner join fact.period as whole_year
        on whole_year.organisation_id = present.organisation_id
        and whole_year.period = present.year
        and whole_year.until_day = present.until_day
),
leveled as (
    select
        'team' as level,
        organisation_id,
        team_id,
        period,
        is_settled
    from placed
    union all
    select
        'organisation' as level,
        organisation_id,
        '' as team_id,
        period,
        is_settled
    from placed
)
select
    level,
    organisation_id,
    team_id,
    period,
    'support_worker' as worker_group,
    count(*) as worker_count
from leveled
group by
    level,
    organisation_id,
    team_id,
    period
union all
select
    level,
    organisation_id,
    team_id,
    period,
    'settled_support_worker' as worker_group,
    sum(case when is_settled then 1 else 0 end) as worker_count
from leveled
group by
    level,
    organisation_id,
    team_id,
    period
