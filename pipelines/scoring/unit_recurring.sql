-- grain: indicator x team x block of N days, in the quarter in which its last day falls
-- Blocks are counted from Monday 2001-01-01 (day number 0) without end.
create or replace table score.unit_recurring as
with block as (
    select
        indicator.indicator_key,
        indicator.event,
        team.organisation_id,
        team.team_id,
        day.quarter as period,
        day.day - setting.value + 1 as first_day,
        day.day as last_day,
        team.start_date,
        team.end_date,
        team.first_date
    from catalogue.indicator as indicator
    inner join staged.programme_setting as setting
        on setting.organisation_id = indicator.organisation_id
        and setting.programme = 'krachtwerk'
        and setting.setting = indicator.setting
    inner join fact.team as team
        on team.organisation_id = setting.organisation_id
    inner join fact.day as day
        on (day.day_number + 1) % setting.value = 0
    inner join staged.organisation as organisation
        on organisation.organisation_id = team.organisation_id
        and day.day <= organisation.known_until
    where indicator.shape = 'recurring'
),
judged as (
    select
        block.*,
        case
            when start.first_date is null or block.last_day < start.first_date
                then 'kind_not_delivered'
            when block.start_date > block.first_day or block.end_date < block.last_day
                then 'team_not_active'
            when block.first_day < block.first_date or block.first_day < start.first_date
                then 'before_first_record'
        end as exclusion_reason
    from block
    inner join score.indicator_start as start
        on start.indicator_key = block.indicator_key
        and start.organisation_id = block.organisation_id
),
hit as (
    select distinct
        judged.indicator_key,
        judged.organisation_id,
        judged.team_id,
        judged.last_day
    from judged
    inner join fact.event as event
        on event.event = judged.event
        and event.organisation_id = judged.organisation_id
        and event.subject_id = judged.team_id
        and event.event_date >= judged.first_day
        and event.event_date <= judged.last_day
    where judged.exclusion_reason is null
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    'block' as unit_kind,
    judged.team_id || '|' || cast(judged.first_day as string) as unit_id,
    cast(null as string) as trajectory_id,
    judged.exclusion_reason,
    case when judged.exclusion_reason is null then hit.team_id is not null end as is_met
from judged
left join hit
    on hit.indicator_key = judged.indicator_key
    and hit.organisation_id = judged.organisation_id
    and hit.team_id = judged.team_id
    and hit.last_day = judged.last_day
