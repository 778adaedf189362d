-- grain: team x quarter or year in which the team has a row: it was judged and active
create or replace table fact.team_period as
select
    period.organisation_id,
    team.team_id,
    period.period,
    period.period_kind,
    period.year,
    period.first_day,
    period.last_day,
    period.until_day,
    period.known_until,
    team.first_date
from fact.period as period
inner join fact.team as team
    on team.organisation_id = period.organisation_id
    and team.first_date <= period.last_day
    and team.start_date <= period.until_day
    and (team.end_date is null or team.end_date >= period.first_day)
