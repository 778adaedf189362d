-- grain: support worker x team x quarter on whose last known day the worker was in service there
create or replace table fact.active_worker as
with setting as (
    select
        organisation_id,
        value as training_days
    from staged.programme_setting
    where programme = 'krachtwerk'
        and setting = 'training_days'
),
basic_training as (
    select
        organisation_id,
        worker_id,
        -- completed without a date: completed as far back as anyone looks
        min(coalesce(completed_date, date '0001-01-01')) as completed_date
    from staged.training
    where kind = 'basic'
        and completed
    group by
        organisation_id,
        worker_id
)
select
    stay.organisation_id,
    stay.team_id,
    period.period,
    period.until_day,
    stay.worker_id,
    sum(stay.fte) as fte,
    -- one empty row leaves the sum of the worker unknown
    case when count(stay.contract_hours) = count(*) then sum(stay.contract_hours) end
        as contract_hours,
    case when count(stay.other_duty_hours) = count(*) then sum(stay.other_duty_hours) end
        as other_duty_hours,
    max(stay.first_start_date) + max(setting.training_days) <= period.until_day as is_settled,
    coalesce(max(basic_training.completed_date) <= period.until_day, false) as is_trained
from fact.worker_row as stay
inner join fact.period as period
    on period.organisation_id = stay.organisation_id
    and period.period_kind = 'quarter'
    and stay.start_date <= period.until_day
    and (stay.end_date is null or stay.end_date >= period.until_day)
left join setting
    on setting.organisation_id = stay.organisation_id
left join basic_training
    on basic_training.organisation_id = stay.organisation_id
    and basic_training.worker_id = stay.worker_id
group by
    stay.organisation_id,
    stay.team_id,
    period.period,
    period.until_day,
    stay.worker_id
