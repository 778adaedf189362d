-- grain: unit x quarter in which its team has no row: in no level, listed for the data check
create or replace table score.unit_outside_activity as
select
    candidate.organisation_id,
    candidate.team_id,
    candidate.period,
    indicator.indicator_id,
    candidate.unit_kind,
    candidate.unit_id,
    candidate.row_count
from score.unit_candidate as candidate
inner join catalogue.indicator as indicator
    on indicator.organisation_id = candidate.organisation_id
    and indicator.indicator_key = candidate.indicator_key
    and indicator.is_published
    and indicator.is_leading
inner join fact.day as day
    on day.quarter = candidate.period
inner join staged.organisation as organisation
    on organisation.organisation_id = candidate.organisation_id
left join fact.team_period as own_row
    on own_row.organisation_id = candidate.organisation_id
    and own_row.team_id = candidate.team_id
    and own_row.period = candidate.period
where own_row.team_id is null
group by
    candidate.organisation_id,
    candidate.team_id,
    candidate.period,
    indicator.indicator_id,
    candidate.unit_kind,
    candidate.unit_id,
    candidate.row_count,
    organisation.known_until
-- a limit in a quarter that has not begun is no fault of the data
having min(day.day) <= organisation.known_until
