-- grain: level (team, organisation) x organisation x team x period (of closing the goal) x
-- breakdown x category: counts and exact sums
create or replace table outcome.goal_cell as
with trajectory_cell as (
    select
        unit.organisation_id,
        unit.team_id,
        unit.trajectory_id,
        unit.client_id,
        unit.is_returning,
        case when view.period_kind = 'quarter' then unit.quarter else unit.year end as period,
        view.breakdown,
        case view.breakdown
            when 'total' then null
            when 'programme' then unit.programme
            when 'target_group' then coalesce(unit.target_group, 'not_recorded')
            when 'life_domain' then coalesce(unit.life_domain, 'not_recorded')
            when 'recovery_form' then coalesce(unit.recovery_form, 'not_recorded')
            when 'own_words' then coalesce(unit.own_words, 'not_recorded')
            when 'from_strengths' then coalesce(unit.from_strengths, 'not_recorded')
            when 'natural_resource' then coalesce(unit.natural_resource, 'not_recorded')
        end as category,
        count(*) as goal_count,
        count(*) filter (where unit.status = 'attained') as attained_count,
        count(*) filter (where unit.status = 'partly') as partly_count,
        count(*) filter (where unit.status = 'not_attained') as not_attained_count,
        count(*) filter (where unit.status = 'stopped') as stopped_count,
        sum(unit.informal_action_count) as informal_action_count,
        sum(unit.recorded_action_count) as recorded_action_count,
        sum(unit.unrecorded_action_count) as unrecorded_action_count,
        -- Kiresuk & Sherman 1968, squared weights, correlation between goals .30; in whole
        -- billionths, so that the order of adding up cannot change a bit
        case when sum(unit.weight) filter (where unit.gas_score is not null) > 0 then cast(
            round(1e9 * (
                50 + 10 * cast(sum(unit.weight * unit.gas_score) as double) / sqrt(cast(
                    7 * sum(unit.weight * unit.weight) filter (where unit.gas_score is not null)
                    + 3 * power(sum(unit.weight) filter (where unit.gas_score is not null), 2)
                    as double
                ) / 10)
            )) as hugeint
        ) end as gas_billionths
    from outcome.goal_unit as unit
    inner join outcome.view as view
        on view.subject = 'goal'
    group by all
),
team_cell as (
    select
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        sum(goal_count) as goal_count,
        sum(attained_count) as attained_count,
        sum(partly_count) as partly_count,
        sum(not_attained_count) as not_attained_count,
        sum(stopped_count) as stopped_count,
        sum(informal_action_count) as informal_action_count,
        sum(recorded_action_count) as recorded_action_count,
        sum(unrecorded_action_count) as unrecorded_action_count,
        count(gas_billionths) as gas_count,
        sum(gas_billionths) as gas_sum,
        sum(gas_billionths * gas_billionths) as gas_squares,
        count(*) filter (where client_id is not null and not is_returning) as clients_count,
        count(*) filter (
            where client_id is not null and not is_returning and gas_billionths is not null
        ) as gas_clients_count
    from trajectory_cell
    group by all
),
level_cell as (
    select
        level.level,
        cell.organisation_id,
        case when level.level = 'team' then cell.team_id end as team_id,
        cell.period,
        cell.breakdown,
        cell.category,
        sum(columns(cell.* exclude (organisation_id, team_id, period, breakdown, category)))
    from team_cell as cell
    inner join outcome.level as level
        on level.breakdown = cell.breakdown
        and level.level <> 'all'
    group by all
),
returning_client as (
    -- clients with more than one trajectory: each counts once per cell
    select
        level.level,
        cell.organisation_id,
        case when level.level = 'team' then cell.team_id end as team_id,
        cell.period,
        cell.breakdown,
        cell.category,
        cell.client_id,
        bool_or(cell.gas_billionths is not null) as has_gas
    from trajectory_cell as cell
    inner join outcome.level as level
        on level.breakdown = cell.breakdown
        and level.level <> 'all'
    where cell.is_returning
    group by all
),
returning_count as (
    select
        * exclude (client_id, has_gas),
        count(*) as clients_count,
        count(*) filter (where has_gas) as gas_clients_count
    from returning_client
    group by all
),
part as (
    select *
    from level_cell
    union all by name
    select *
    from returning_count
)
select
    level,
    organisation_id,
    team_id,
    period,
    breakdown,
    category,
    sum(columns(part.* exclude (
        level, organisation_id, team_id, period, breakdown, category
    )))
from part
group by all
