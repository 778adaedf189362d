-- grain: one uninterrupted stay of a support worker in a team
create or replace table fact.worker_row as
with stay as (
    select
        organisation_id,
        worker_id,
        team_id,
        start_date,
        end_date,
        role,
        fte,
        contract_hours,
        other_duty_hours,
        lead(start_date) over (
            partition by organisation_id, worker_id, team_id
            order by start_date
        ) as next_start_date,
        min(start_date) over (
            partition by organisation_id, worker_id
        ) as first_start_date
    from staged.worker
)
select
    organisation_id,
    worker_id,
    team_id,
    start_date,
    -- of two rows that overlap the earlier is read as ending the day before the later begins
    case
        when next_start_date <= coalesce(end_date, next_start_date) then next_start_date - 1
        else end_date
    end as end_date,
    fte,
    contract_hours,
    other_duty_hours,
    first_start_date
from stay
where role = 'support_worker'
