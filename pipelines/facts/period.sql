-- grain: organisation x quarter or year, from its first trajectory or review to its known_until
create or replace table fact.period as
with span as (
    select
        organisation.organisation_id,
        organisation.known_until,
        min(team.first_record_date) as first_record_date
    from staged.organisation as organisation
    inner join fact.team as team
        on team.organisation_id = organisation.organisation_id
    group by
        organisation.organisation_id,
        organisation.known_until
),
calendar as (
    select
        quarter as period,
        'quarter' as period_kind,
        year,
        min(day) as first_day,
        max(day) as last_day
    from fact.day
    group by
        quarter,
        year
    union all
    select
        year as period,
        'year' as period_kind,
        year,
        min(day) as first_day,
        max(day) as last_day
    from fact.day
    group by
        year
)
select
    span.organisation_id,
    calendar.period,
    calendar.period_kind,
    calendar.year,
    calendar.first_day,
    calendar.last_day,
    least(calendar.last_day, span.known_until) as until_day,
    span.known_until
from span
inner join calendar
    on calendar.first_day <= span.known_until
    and calendar.last_day >= span.first_record_date
