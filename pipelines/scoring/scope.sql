-- grain: level x organisation x team x period that has a row (empty text where a level has no id)
create or replace table score.scope as
with organisation_start as (
    select
        team.organisation_id,
        organisation.known_until,
        min(team.first_date) as first_date
    from fact.team as team
    inner join staged.organisation as organisation
        on organisation.organisation_id = team.organisation_id
    group by
        team.organisation_id,
        organisation.known_until
),
overall as (
    select
        period,
        period_kind,
        year,
        first_day,
        last_day,
        max(until_day) as until_day
    from fact.team_period
    group by
        period,
        period_kind,
        year,
        first_day,
        last_day
)
select
    'team' as level,
    organisation_id,
    team_id,
    period,
    period_kind,
    year,
    first_day,
    last_day,
    until_day,
    known_until as settled_until
from fact.team_period
union all
select distinct
    'organisation' as level,
    organisation_id,
    '' as team_id,
    period,
    period_kind,
    year,
    first_day,
    last_day,
    until_day,
    known_until as settled_until
from fact.team_period
union all
-- what all organisations together know is what the one that is furthest behind knows
select
    'all' as level,
    '' as organisation_id,
    '' as team_id,
    overall.period,
    overall.period_kind,
    overall.year,
    overall.first_day,
    overall.last_day,
    overall.until_day,
    min(organisation_start.known_until) as settled_until
from overall
inner join organisation_start
    on organisation_start.first_date <= overall.last_day
group by
    overall.period,
    overall.period_kind,
    overall.year,
    overall.first_day,
    overall.last_day,
    overall.until_day
