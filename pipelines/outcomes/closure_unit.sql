-- grain: closure by known_until of a trajectory of the method, in a quarter in which its team has a
-- row; kind: planned, premature, neutral, not_planned (said so, reason unknown), empty: not recorded
-- follow_on: yes, no, not_yet_due; empty when the client is not known
create or replace table outcome.closure_unit as
with closed as (
    select
        trajectory.organisation_id,
        trajectory.team_id,
        trajectory.trajectory_id,
        trajectory.client_id,
        team_period.period as quarter,
        team_period.year,
        trajectory.programme,
        lower(trim(delivered.target_group)) as target_group,
        closure.closure_date,
        closure.closure_date + cast(setting.value as integer) as follow_on_last_day,
        trajectory.known_until,
        -- what was delivered wins; a reason that says "planned" cannot name an unplanned closure
        case
            when closure.planned then 'planned'
            when closure.planned is null then reason.meaning
            when reason.meaning in ('premature', 'neutral') then reason.meaning
            else 'not_planned'
        end as kind,
        closure.without_contact,
        lower(trim(closure.housing_after)) as housing_after
    from staged.closure as closure
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = closure.organisation_id
        and trajectory.trajectory_id = closure.trajectory_id
        and trajectory.is_method
        and closure.closure_date <= trajectory.known_until
    inner join staged.trajectory as delivered
        on delivered.organisation_id = trajectory.organisation_id
        and delivered.trajectory_id = trajectory.trajectory_id
    inner join staged.programme_setting as setting
        on setting.organisation_id = trajectory.organisation_id
        and setting.programme = trajectory.programme
        and setting.setting = 'follow_on_days'
    inner join fact.team_period as team_period
        on team_period.organisation_id = trajectory.organisation_id
        and team_period.team_id = trajectory.team_id
        and team_period.period_kind = 'quarter'
        and closure.closure_date between team_period.first_day and team_period.last_day
        and closure.closure_date >= team_period.first_date
    left join catalogue.code as reason
        on reason.organisation_id = closure.organisation_id
        and reason.code_list = 'closure_reason'
        and reason.code = closure.reason_code
),
followed as (
    select distinct
        closed.organisation_id,
        closed.trajectory_id
    from closed
    inner join fact.trajectory as next
        on next.organisation_id = closed.organisation_id
        and next.client_id = closed.client_id
        and next.trajectory_id <> closed.trajectory_id
        and next.start_date between closed.closure_date and closed.follow_on_last_day
)
select
    closed.organisation_id,
    closed.team_id,
    closed.trajectory_id,
    closed.client_id,
    closed.client_id is not null
        and count(*) over (partition by closed.organisation_id, closed.client_id) > 1
        as is_returning,
    closed.quarter,
    closed.year,
    closed.programme,
    closed.target_group,
    closed.kind,
    closed.without_contact,
    closed.housing_after,
    case
        when closed.client_id is null then null
        when closed.follow_on_last_day > closed.known_until then 'not_yet_due'
        when followed.trajectory_id is not null then 'yes'
        else 'no'
    end as follow_on
from closed
left join followed
    on followed.organisation_id = closed.organisation_id
    and followed.trajectory_id = closed.trajectory_id
