-- grain: level x organisation x team x period (of closing the goal) x breakdown x category x measure
-- attained, partly, not_attained, stopped: goals among all closed goals; natural_resource: actions
-- with an informal resource among actions with a recorded one; gas_t: mean T score of trajectories
create or replace table results.goal_attainment as
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
),
added as (
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
),
summed as (
    select
        *,
        1 as organisations_counted,
        cast(gas_count > 0 as bigint) as gas_organisations_counted
    from added
    union all by name
    -- pseudonyms differ between organisations: nobody is counted twice
    select
        'all' as level,
        team_id,
        period,
        breakdown,
        category,
        count(*) as organisations_counted,
        count(*) filter (where gas_count > 0) as gas_organisations_counted,
        sum(columns(added.* exclude (
            level, organisation_id, team_id, period, breakdown, category
        )))
    from added
    where level = 'organisation'
    group by all
),
share as (
    select
        summed.*,
        measure.measure,
        case measure.measure
            when 'attained' then attained_count
            when 'partly' then partly_count
            when 'not_attained' then not_attained_count
            when 'stopped' then stopped_count
            when 'natural_resource' then informal_action_count
        end as met_count,
        case measure.measure
            when 'natural_resource' then recorded_action_count
            else goal_count
        end as unit_count,
        case measure.measure when 'natural_resource' then unrecorded_action_count else 0 end
            as not_recorded_count
    from summed
    cross join (
        values
            ('attained'),
            ('partly'),
            ('not_attained'),
            ('stopped'),
            ('natural_resource')
    ) as measure (measure)
),
measured as (
    select
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        measure,
        cast(met_count as double) as numerator,
        cast(unit_count as double) as denominator,
        case when unit_count > 0 then find_wilson_centre(met_count, unit_count) end as centre,
        case when unit_count > 0 then find_wilson_half(met_count, unit_count) end as half_width,
        'wilson' as method,
        cast(not_recorded_count as bigint) as not_recorded_count,
        cast(clients_count as bigint) as clients_count,
        cast(organisations_counted as bigint) as organisations_counted
    from share
    union all
    select
        summed.level,
        summed.organisation_id,
        summed.team_id,
        summed.period,
        summed.breakdown,
        summed.category,
        'gas_t' as measure,
        cast(summed.gas_sum as double) / 1e9 as numerator,
        cast(summed.gas_count as double) as denominator,
        cast(summed.gas_sum as double) / 1e9 / cast(summed.gas_count as double) as centre,
        coalesce(student.quantile, expand_t_point(summed.gas_count - 1))
        * find_sd(summed.gas_count, summed.gas_sum, summed.gas_squares) / 1e7
        / sqrt(cast(summed.gas_count as double)) as half_width,
        'kiresuk_sherman_1968_squared_weights_t' as method,
        0 as not_recorded_count,
        cast(summed.gas_clients_count as bigint) as clients_count,
        cast(summed.gas_organisations_counted as bigint) as organisations_counted
    from summed
    left join catalogue.t_quantile as student
        on student.degrees = summed.gas_count - 1
    where summed.gas_count > 0
)
select
    measured.level,
    measured.organisation_id,
    measured.team_id,
    measured.period,
    measured.breakdown,
    measured.category,
    measured.measure,
    measured.numerator,
    measured.denominator,
    measured.numerator / nullif(measured.denominator, 0) as value,
    measured.centre - measured.half_width as ci_low,
    measured.centre + measured.half_width as ci_high,
    measured.method,
    measured.not_recorded_count,
    measured.clients_count,
    measured.organisations_counted,
    period.is_provisional,
    case
        -- fewer than four in five recorded
        when 5 * measured.denominator < 4 * (measured.denominator + measured.not_recorded_count)
            then 'too_incomplete'
        when measured.denominator = 0 then 'no_data'
        else 'given'
    end as status,
    concat_ws(
        '|',
        'goal',
        coalesce(measured.organisation_id, ''),
        coalesce(measured.team_id, ''),
        measured.period,
        measured.breakdown,
        coalesce(measured.category, ''),
        measured.measure
    ) as outcome_key
from measured
inner join outcome.period as period
    on period.period = measured.period
    and period.organisation_id is not distinct from measured.organisation_id
order by
    measured.level,
    measured.organisation_id,
    measured.team_id,
    measured.period,
    measured.breakdown,
    measured.category,
    measured.measure
