-- grain: indicator x trajectory, in the quarter in which its limit falls
create or replace table score.unit_within as
with candidate as (
    select
        indicator.indicator_key,
        indicator.event,
        trajectory.organisation_id,
        trajectory.team_id,
        trajectory.trajectory_id,
        trajectory.start_date,
        trajectory.end_date,
        trajectory.known_until,
        trajectory.start_date + setting.value as limit_date
    from catalogue.indicator as indicator
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = indicator.organisation_id
        and trajectory.is_method
    inner join staged.programme_setting as setting
        on setting.organisation_id = trajectory.organisation_id
        and setting.programme = trajectory.programme
        and setting.setting = indicator.setting
    where indicator.shape = 'within'
),
judged as (
    select
        candidate.*,
        case
            when start.first_date is null or candidate.limit_date < start.first_date
                then 'kind_not_delivered'
            when candidate.limit_date < team.first_date or candidate.start_date < start.first_date
                then 'before_first_record'
            when candidate.limit_date > candidate.known_until then 'not_yet_due'
            -- whether or not the event happened: counting only the quick successes would bias
            when candidate.end_date < candidate.limit_date then 'ended_before_limit'
        end as exclusion_reason
    from candidate
    inner join score.indicator_start as start
        on start.indicator_key = candidate.indicator_key
        and start.organisation_id = candidate.organisation_id
    inner join fact.team as team
        on team.organisation_id = candidate.organisation_id
        and team.team_id = candidate.team_id
),
hit as (
    select distinct
        judged.indicator_key,
        judged.organisation_id,
        judged.trajectory_id
    from judged
    inner join fact.event as event
        on event.event = judged.event
        and event.organisation_id = judged.organisation_id
        and event.subject_id = judged.trajectory_id
        and event.event_date >= judged.start_date - 31
        and event.event_date <= judged.limit_date
    where judged.exclusion_reason is null
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    day.quarter as period,
    'trajectory' as unit_kind,
    judged.trajectory_id as unit_id,
    judged.trajectory_id,
    judged.exclusion_reason,
    case when judged.exclusion_reason is null then hit.trajectory_id is not null end as is_met
from judged
inner join fact.day as day
    on day.day = judged.limit_date
left join hit
    on hit.indicator_key = judged.indicator_key
    and hit.organisation_id = judged.organisation_id
    and hit.trajectory_id = judged.trajectory_id
