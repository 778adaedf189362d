-- grain: organisation x period, and all (organisation_id empty) x period: is it provisional?
create or replace table outcome.period as
with organisation as (
    select
        organisation_id,
        min(first_date) as first_date
    from fact.team
    where first_date is not null
    group by
        organisation_id
),
calendar as (
    select distinct
        period,
        year,
        last_day
    from fact.team_period
),
state as (
    select
        organisation.organisation_id,
        calendar.period,
        calendar.last_day > known.known_until as is_provisional
    from organisation
    inner join staged.organisation as known
        on known.organisation_id = organisation.organisation_id
    inner join calendar
        on calendar.last_day >= organisation.first_date
)
select
    organisation_id,
    period,
    is_provisional
from state
union all
select
    cast(null as varchar) as organisation_id,
    period,
    bool_or(is_provisional) as is_provisional
from state
group by
    period
