-- grain: trajectory of the method that began in a quarter in which its team has a row, with the
-- days between which each moment counts; limits are both included
create or replace table outcome.cohort as
with setting as (
    select
        organisation_id,
        programme,
        max(case when setting = 'outcome_start_window_days' then value end) as start_window_days,
        max(case when setting = 'outcome_t1_first_days' then value end) as t1_first_days,
        max(case when setting = 'outcome_t1_target_days' then value end) as t1_target_days,
        max(case when setting = 'outcome_t1_last_days' then value end) as t1_last_days,
        max(case when setting = 'outcome_end_window_days' then value end) as end_window_days,
        max(case when setting = 'outcome_t2_first_days' then value end) as t2_first_days,
        max(case when setting = 'outcome_t2_target_days' then value end) as t2_target_days,
        max(case when setting = 'outcome_t2_last_days' then value end) as t2_last_days
    from staged.programme_setting
    group by
        organisation_id,
        programme
),
started as (
    select
        trajectory.*,
        lower(trim(delivered.target_group)) as target_group,
        team_period.period as quarter,
        team_period.year,
        -- a trajectory that ended before the first day of T1 is measured around its end
        coalesce(
            trajectory.end_date < trajectory.start_date + cast(setting.t1_first_days as integer),
            false
        ) as is_short,
        setting.start_window_days,
        setting.t1_first_days,
        setting.t1_target_days,
        setting.t1_last_days,
        setting.end_window_days,
        setting.t2_first_days,
        setting.t2_target_days,
        setting.t2_last_days
    from fact.trajectory as trajectory
    inner join staged.trajectory as delivered
        on delivered.organisation_id = trajectory.organisation_id
        and delivered.trajectory_id = trajectory.trajectory_id
    inner join fact.team_period as team_period
        on team_period.organisation_id = trajectory.organisation_id
        and team_period.team_id = trajectory.team_id
        and team_period.period_kind = 'quarter'
        and trajectory.start_date between team_period.first_day and team_period.last_day
        and trajectory.start_date >= team_period.first_date
    inner join setting
        on setting.organisation_id = trajectory.organisation_id
        and setting.programme = trajectory.programme
    where trajectory.is_method
)
select
    organisation_id,
    team_id,
    trajectory_id,
    client_id,
    -- most clients come once; counting them needs no looking back
    client_id is not null
        and count(*) over (partition by organisation_id, client_id) > 1 as is_returning,
    programme,
    target_group,
    start_date,
    end_date,
    quarter,
    year,
    known_until,
    start_date - cast(start_window_days as integer) as t0_first_day,
    start_date as t0_target_day,
    start_date + cast(start_window_days as integer) as t0_last_day,
    case
        when is_short then end_date - cast(end_window_days as integer)
        else start_date + cast(t1_first_days as integer)
    end as t1_first_day,
    case
        when is_short then end_date
        else start_date + cast(t1_target_days as integer)
    end as t1_target_day,
    case
        when is_short then end_date + cast(end_window_days as integer)
        else start_date + cast(t1_last_days as integer)
    end as t1_last_day,
    start_date + cast(t2_first_days as integer) as t2_first_day,
    start_date + cast(t2_target_days as integer) as t2_target_day,
    start_date + cast(t2_last_days as integer) as t2_last_day
from started
