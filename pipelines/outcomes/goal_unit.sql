-- grain: goal closed by known_until in a quarter in which its team has a row
create or replace table outcome.goal_unit as
with action_count as (
    select
        organisation_id,
        goal_id,
        count(resource) as recorded_action_count,
        count(*) filter (where resource = 'informal') as informal_action_count,
        count(*) filter (where resource is null) as unrecorded_action_count
    from staged.action
    group by
        organisation_id,
        goal_id
)
select
    trajectory.organisation_id,
    trajectory.team_id,
    trajectory.trajectory_id,
    trajectory.client_id,
    trajectory.client_id is not null
        and min(trajectory.trajectory_id) over client <> max(trajectory.trajectory_id) over client
        as is_returning,
    goal.goal_id,
    team_period.period as quarter,
    team_period.year,
    trajectory.programme,
    lower(trim(delivered.target_group)) as target_group,
    goal.life_domain,
    goal.recovery_form,
    case goal.own_words when true then 'yes' when false then 'no' end as own_words,
    case goal.from_strengths when true then 'yes' when false then 'no' end as from_strengths,
    case
        when action_count.informal_action_count > 0 then 'yes'
        when action_count.recorded_action_count > 0 then 'no'
    end as natural_resource,
    goal.status,
    goal.gas_score,
    -- without a weight every goal weighs the same
    coalesce(goal.weight, 1) as weight,
    coalesce(action_count.recorded_action_count, 0) as recorded_action_count,
    coalesce(action_count.informal_action_count, 0) as informal_action_count,
    coalesce(action_count.unrecorded_action_count, 0) as unrecorded_action_count
from staged.goal as goal
inner join staged.action_plan as plan
    on plan.organisation_id = goal.organisation_id
    and plan.plan_id = goal.plan_id
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = plan.organisation_id
    and trajectory.trajectory_id = plan.trajectory_id
    and trajectory.is_method
    and goal.closed_date <= trajectory.known_until
inner join staged.trajectory as delivered
    on delivered.organisation_id = trajectory.organisation_id
    and delivered.trajectory_id = trajectory.trajectory_id
inner join fact.team_period as team_period
    on team_period.organisation_id = trajectory.organisation_id
    and team_period.team_id = trajectory.team_id
    and team_period.period_kind = 'quarter'
    and goal.closed_date between team_period.first_day and team_period.last_day
    and goal.closed_date >= team_period.first_date
left join action_count
    on action_count.organisation_id = goal.organisation_id
    and action_count.goal_id = goal.goal_id
where goal.status in ('attained', 'partly', 'not_attained', 'stopped')
window client as (partition by trajectory.organisation_id, trajectory.client_id)
