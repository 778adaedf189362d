-- grain: level (team, organisation) x organisation x team x period (of the start) x breakdown x
-- category x instrument x version x scale x informant x pair of moments: counts and exact sums, in
-- whole hundredths, so that the order of rows cannot change a bit
create or replace table outcome.change_cell as
with judged as (
    select
        pair.organisation_id,
        pair.team_id,
        pair.client_id,
        pair.is_returning,
        pair.quarter,
        pair.year,
        pair.programme,
        pair.target_group,
        pair.instrument,
        pair.instrument_version,
        pair.scale,
        pair.informant,
        pair.moments,
        pair.score_later is not null as is_complete,
        cast(pair.score_t0 * 100 as bigint) as before,
        cast(pair.score_later * 100 as bigint) as later,
        cast(pair.change * 100 as bigint) as change,
        case
            when pair.change is null then null
            when norm.threshold is null then 'no_norm'
            when abs(cast(pair.change as double)) <= norm.threshold then 'unchanged'
            when (pair.change > 0) = norm.is_higher_better then 'reliably_improved'
            else 'reliably_deteriorated'
        end as change_class
    from outcome.pair as pair
    inner join outcome.norm as norm
        on norm.instrument = pair.instrument
        and norm.instrument_version = pair.instrument_version
        and norm.scale = pair.scale
        and norm.informant = pair.informant
),
like_unit as (
    select
        organisation_id,
        team_id,
        quarter,
        year,
        programme,
        target_group,
        instrument,
        instrument_version,
        scale,
        informant,
        moments,
        count(*) as due_count,
        count(*) filter (where is_complete) as completers_count,
        sum(before) filter (where is_complete) as before_sum,
        sum(before * before) filter (where is_complete) as before_squares,
        sum(later) as later_sum,
        sum(change) as change_sum,
        sum(change * change) as change_squares,
        sum(before) filter (where not is_complete) as lost_sum,
        sum(before * before) filter (where not is_complete) as lost_squares,
        count(*) filter (where change_class = 'reliably_improved') as improved_count,
        count(*) filter (where change_class = 'unchanged') as unchanged_count,
        count(*) filter (where change_class = 'reliably_deteriorated') as deteriorated_count,
        count(*) filter (where change_class = 'no_norm') as no_norm_count,
        count(*) filter (where client_id is not null and not is_returning) as due_clients_count,
        count(*) filter (where client_id is not null and not is_returning and is_complete)
            as clients_count
    from judged
    group by all
),
team_cell as (
    select
        unit.organisation_id,
        unit.team_id,
        case when view.period_kind = 'quarter' then unit.quarter else unit.year end as period,
        view.breakdown,
        case view.breakdown
            when 'programme' then unit.programme
            when 'target_group' then coalesce(unit.target_group, 'not_recorded')
        end as category,
        unit.instrument,
        unit.instrument_version,
        unit.scale,
        unit.informant,
        unit.moments,
        sum(columns(unit.* exclude (
            organisation_id, team_id, quarter, year, programme, target_group, instrument,
            instrument_version, scale, informant, moments
        )))
    from like_unit as unit
    inner join outcome.view as view
        on view.subject = 'cohort'
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
        cell.instrument,
        cell.instrument_version,
        cell.scale,
        cell.informant,
        cell.moments,
        sum(columns(cell.* exclude (
            organisation_id, team_id, period, breakdown, category, instrument,
            instrument_version, scale, informant, moments
        )))
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
        unit.organisation_id,
        case when level.level = 'team' then unit.team_id end as team_id,
        case when view.period_kind = 'quarter' then unit.quarter else unit.year end as period,
        view.breakdown,
        case view.breakdown
            when 'programme' then unit.programme
            when 'target_group' then coalesce(unit.target_group, 'not_recorded')
        end as category,
        unit.instrument,
        unit.instrument_version,
        unit.scale,
        unit.informant,
        unit.moments,
        unit.client_id,
        bool_or(unit.is_complete) as is_complete
    from judged as unit
    inner join outcome.view as view
        on view.subject = 'cohort'
    inner join outcome.level as level
        on level.breakdown = view.breakdown
        and level.level <> 'all'
    where unit.is_returning
    group by all
),
returning_count as (
    select
        * exclude (client_id, is_complete),
        count(*) as due_clients_count,
        count(*) filter (where is_complete) as clients_count
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
        instrument,
        instrument_version,
        scale,
        informant,
        moments,
        sum(columns(part.* exclude (
            level, organisation_id, team_id, period, breakdown, category, instrument,
            instrument_version, scale, informant, moments
        )))
    from part
    group by all
)
select
    * replace (
        cast(due_count as bigint) as due_count,
        cast(completers_count as bigint) as completers_count,
        cast(improved_count as bigint) as improved_count,
        cast(unchanged_count as bigint) as unchanged_count,
        cast(deteriorated_count as bigint) as deteriorated_count,
        cast(no_norm_count as bigint) as no_norm_count,
        cast(clients_count as bigint) as clients_count,
        cast(due_clients_count as bigint) as due_clients_count
    ),
    cast(due_count - completers_count as bigint) as lost_count,
    cast(completers_count > 0 as bigint) as organisations_counted
from added
