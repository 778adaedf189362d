-- grain: level (team, organisation) x organisation x team x period (of the start) x breakdown x
-- category x instrument x informant x stage
-- Units are added up in three steps (like units, team, level), so that the widest step is small.
create or replace table outcome.flow_cell as
with like_unit as (
    select
        organisation_id,
        team_id,
        quarter,
        year,
        programme,
        target_group,
        instrument,
        informant,
        t0_status,
        t1_status,
        t2_status,
        is_t0_outside,
        is_t1_outside,
        is_t2_outside,
        count(*) as unit_count,
        count(*) filter (where client_id is not null and not is_returning) as single_count
    from outcome.flow_unit
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
        unit.informant,
        unit.t0_status,
        unit.t1_status,
        unit.t2_status,
        unit.is_t0_outside,
        unit.is_t1_outside,
        unit.is_t2_outside,
        sum(unit.unit_count) as unit_count,
        sum(unit.single_count) as single_count
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
        cell.* exclude (organisation_id, team_id, unit_count, single_count),
        sum(cell.unit_count) as unit_count,
        sum(cell.single_count) as single_count
    from team_cell as cell
    inner join outcome.level as level
        on level.breakdown = cell.breakdown
        and level.level <> 'all'
    group by all
),
stage (stage, stage_order) as (
    values
        ('started', 1),
        ('t0_due', 2),
        ('t0', 3),
        ('t1_due', 4),
        ('t1', 5),
        ('t2_due', 6),
        ('t2', 7)
),
fated as (
    select
        cell.*,
        stage.stage,
        stage.stage_order,
        -- what became of the units at this stage; empty: they never came to this stage
        find_fate(stage.stage, cell.t0_status, cell.t1_status, cell.t2_status) as fate,
        case stage.stage
            when 't0' then cell.is_t0_outside
            when 't1' then cell.is_t1_outside
            when 't2' then cell.is_t2_outside
            else false
        end as is_outside
    from level_cell as cell
    cross join stage
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
        unit.informant,
        unit.client_id,
        bool_or(unit.t0_status in ('measured', 'ended', 'missed')) as t0_due,
        bool_or(unit.t0_status = 'measured') as t0,
        bool_or(unit.t1_status in ('measured', 'ended', 'missed')) as t1_due,
        bool_or(unit.t1_status = 'measured') as t1,
        bool_or(unit.t2_status in ('measured', 'ended', 'missed')) as t2_due,
        bool_or(unit.t2_status = 'measured') as t2
    from outcome.flow_unit as unit
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
        client.level,
        client.organisation_id,
        client.team_id,
        client.period,
        client.breakdown,
        client.category,
        client.instrument,
        client.informant,
        stage.stage,
        stage.stage_order,
        count(*) filter (where case stage.stage
            when 'started' then true
            when 't0_due' then client.t0_due
            when 't0' then client.t0
            when 't1_due' then client.t1_due
            when 't1' then client.t1
            when 't2_due' then client.t2_due
            when 't2' then client.t2
        end) as numerator_clients_count,
        count(*) filter (where case stage.stage
            when 't0' then client.t0_due
            when 't1_due' then client.t0
            when 't1' then client.t1_due
            when 't2_due' then client.t0
            when 't2' then client.t2_due
            else true
        end) as clients_count
    from returning_client as client
    cross join stage
    group by all
),
part as (
    select
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        instrument,
        informant,
        stage,
        stage_order,
        sum(unit_count) filter (where fate = 'reached') as numerator,
        sum(unit_count) filter (where fate is not null) as denominator,
        sum(unit_count) filter (where fate = 'before_first_record') as before_first_record_count,
        sum(unit_count) filter (where fate = 'not_yet_due') as not_yet_due_count,
        sum(unit_count) filter (where fate = 'ended') as ended_count,
        sum(unit_count) filter (where fate = 'missed') as missed_count,
        sum(unit_count) filter (where fate is not null and is_outside) as outside_window_count,
        sum(single_count) filter (where fate = 'reached') as numerator_clients_count,
        sum(single_count) filter (where fate is not null) as clients_count
    from fated
    group by all
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
    instrument,
    informant,
    stage,
    stage_order,
    cast(coalesce(sum(numerator), 0) as bigint) as numerator,
    cast(coalesce(sum(denominator), 0) as bigint) as denominator,
    cast(coalesce(sum(before_first_record_count), 0) as bigint) as before_first_record_count,
    cast(coalesce(sum(not_yet_due_count), 0) as bigint) as not_yet_due_count,
    cast(coalesce(sum(ended_count), 0) as bigint) as ended_count,
    cast(coalesce(sum(missed_count), 0) as bigint) as missed_count,
    cast(coalesce(sum(outside_window_count), 0) as bigint) as outside_window_count,
    cast(coalesce(sum(numerator_clients_count), 0) as bigint) as numerator_clients_count,
    cast(coalesce(sum(clients_count), 0) as bigint) as clients_count
from part
group by all
