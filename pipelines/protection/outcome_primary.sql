-- grain: one row per row of an outcome table (years) and group of clients that it tells about
-- Which of them must be hidden for their own sake. Clients who are not known count as none. A target
-- group is delivered in free words, which may speak of one person: without enough clients even its
-- name is hidden. What has the same cell_key is the same group of clients, and is hidden as one.
create or replace table protected.outcome_primary as
with change as (
    select
        change.*,
        place.minimum_clients,
        place.is_small_team,
        coalesce(flow.is_reached_suppressed, false) as is_flow_due_suppressed
    from results.outcome_change as change
    inner join protected.outcome_place as place
        on place.level = change.level
        and place.organisation_id is not distinct from change.organisation_id
        and place.team_id is not distinct from change.team_id
        and place.period = change.period
    -- the same people stand in the flow as those due for the later moment
    left join protected.outcome_flow_cell as flow
        on flow.level = change.level
        and flow.organisation_id is not distinct from change.organisation_id
        and flow.team_id is not distinct from change.team_id
        and flow.period = change.period
        and flow.breakdown = change.breakdown
        and flow.category is not distinct from change.category
        and flow.measure = concat_ws(
            '|',
            change.instrument,
            change.informant,
            case change.moments when 'T0-T1' then 't1_due' else 't2_due' end
        )
),
goal as (
    select
        goal.*,
        place.minimum_clients,
        place.is_small_team
    from results.goal_attainment as goal
    inner join protected.outcome_place as place
        on place.level = goal.level
        and place.organisation_id is not distinct from goal.organisation_id
        and place.team_id is not distinct from goal.team_id
        and place.period = goal.period
),
closure as (
    select
        closure.*,
        place.minimum_clients,
        place.is_small_team
    from results.closures as closure
    inner join protected.outcome_place as place
        on place.level = closure.level
        and place.organisation_id is not distinct from closure.organisation_id
        and place.team_id is not distinct from closure.team_id
        and place.period = closure.period
),
cell as (
    select
        'outcome_flow' as result_table,
        outcome_key,
        'reached' as population,
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        measure,
        reached_clients as clients_count,
        reached_units as units_count,
        is_reached_suppressed as is_primary
    from protected.outcome_flow_cell
    union all
    select
        'outcome_flow',
        outcome_key,
        'reasons',
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        measure,
        lost_clients,
        lost_units,
        is_reasons_suppressed
    from protected.outcome_flow_cell
    union all
    select
        'outcome_change',
        outcome_key,
        'completers',
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        concat_ws('|', instrument, instrument_version, scale, informant, moments),
        clients_count,
        completers_count,
        is_small_team
        or (
            clients_count < minimum_clients
            and (completers_count > 0 or breakdown = 'target_group')
        )
    from change
    union all
    -- the lost are the due without the completers: two shown numbers would give the third
    select
        'outcome_change',
        outcome_key,
        'due',
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        concat_ws('|', instrument, instrument_version, scale, informant, moments),
        due_clients_count,
        due_count,
        is_small_team
        or (due_count > 0 and due_clients_count < minimum_clients)
        or (completers_count > 0 and clients_count < minimum_clients)
        or (lost_count > 0 and due_clients_count - clients_count < minimum_clients)
        or is_flow_due_suppressed
    from change
    union all
    select
        'goal_attainment',
        outcome_key,
        'closed',
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        measure,
        clients_count,
        cast(denominator as bigint),
        is_small_team
        or (clients_count < minimum_clients and (denominator > 0 or breakdown = 'target_group'))
    from goal
    union all
    select
        'closures',
        outcome_key,
        case when measure = 'housing_after' then 'housing' else 'closed' end,
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        case when measure_category is null then measure else measure || '|' || measure_category end,
        case when measure = 'housing_after' then numerator else clients_count end,
        case when measure = 'housing_after' then numerator else denominator end,
        is_small_team
        or (clients_count < minimum_clients and (denominator > 0 or breakdown = 'target_group'))
        or (measure = 'housing_after' and numerator between 1 and minimum_clients - 1)
    from closure
)
select
    cell.*,
    concat_ws(
        '|',
        result_table,
        population,
        coalesce(cell.organisation_id, ''),
        coalesce(cell.team_id, ''),
        cell.period,
        breakdown,
        coalesce(category, ''),
        case
            when measure in ('attained', 'partly', 'not_attained', 'stopped') then 'ends'
            when measure in ('planned', 'premature', 'neutral', 'not_planned') then 'kinds'
            else measure
        end
    ) as cell_key,
    place.minimum_clients
from cell
inner join protected.outcome_place as place
    on place.level = cell.level
    and place.organisation_id is not distinct from cell.organisation_id
    and place.team_id is not distinct from cell.team_id
    and place.period = cell.period;
