-- grain: level x organisation x team x period (of closing the goal) x breakdown x category x measure
-- attained, partly, not_attained, stopped: goals among all closed goals; natural_resource: actions
-- with an informal resource among actions with a recorded one; gas_t: mean T score of trajectories
create or replace table results.goal_attainment as
with summed as (
    select
        *,
        1 as organisations_counted,
        cast(gas_count > 0 as bigint) as gas_organisations_counted
    from outcome.goal_cell
    union all by name
    select *
    from outcome.goal_cell_all
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
