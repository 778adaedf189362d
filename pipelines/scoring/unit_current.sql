-- grain: indicator x trajectory open at the end of the quarter x quarter
create or replace table score.unit_current as
with judged as (
    select
        indicator.indicator_key,
        indicator.event,
        trajectory.organisation_id,
        trajectory.team_id,
        trajectory.period,
        trajectory.until_day,
        trajectory.trajectory_id,
        setting.value as limit_days,
        case
            when start.first_date is null or trajectory.until_day < start.first_date
                then 'kind_not_delivered'
            when trajectory.until_day < team.first_date
                or trajectory.until_day - setting.value + 1 < start.first_date
                then 'before_first_record'
            when trajectory.start_date + setting.value >= trajectory.until_day then 'too_young'
        end as exclusion_reason
    from catalogue.indicator as indicator
    inner join fact.open_trajectory as trajectory
        on trajectory.organisation_id = indicator.organisation_id
        and trajectory.is_method
    inner join staged.programme_setting as setting
        on setting.organisation_id = trajectory.organisation_id
        and setting.programme = trajectory.programme
        and setting.setting = indicator.setting
    inner join score.indicator_start as start
        on start.indicator_key = indicator.indicator_key
        and start.organisation_id = trajectory.organisation_id
    inner join fact.team as team
        on team.organisation_id = trajectory.organisation_id
        and team.team_id = trajectory.team_id
    where indicator.shape = 'current'
),
hit as (
    select distinct
        judged.indicator_key,
        judged.organisation_id,
        judged.trajectory_id,
        judged.period
    from judged
    inner join fact.event as event
        on event.event = judged.event
        and event.organisation_id = judged.organisation_id
        and event.subject_id = judged.trajectory_id
        and event.event_date > judged.until_day - judged.limit_days
        and event.event_date <= judged.until_day
    where judged.exclusion_reason is null
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    'trajectory' as unit_kind,
    judged.trajectory_id as unit_id,
    judged.trajectory_id,
    judged.exclusion_reason,
    case when judged.exclusion_reason is null then hit.trajectory_id is not null end as is_met
from judged
left join hit
    on hit.indicator_key = judged.indicator_key
    and hit.organisation_id = judged.organisation_id
    and hit.trajectory_id = judged.trajectory_id
    and hit.period = judged.period
