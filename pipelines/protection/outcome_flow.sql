-- grain: one row per organisation or team, year of starting, breakdown, category, instrument,
-- informant and stage; small groups of a kind that is delivered in free words share one row
create or replace table protected.outcome_flow as
with hidden as (
    select
        flow.*,
        reached.is_suppressed,
        coalesce(before.is_suppressed, false) as is_before_suppressed,
        reasons.is_suppressed
        or reached.is_suppressed
        or coalesce(before.is_suppressed, false) as is_reasons_suppressed
    from results.outcome_flow as flow
    inner join protected.outcome_cell as reached
        on reached.outcome_key = flow.outcome_key
        and reached.population = 'reached'
    inner join protected.outcome_cell as reasons
        on reasons.outcome_key = flow.outcome_key
        and reasons.population = 'reasons'
    -- the denominator of a stage is what the stage before it reached
    left join protected.outcome_cell as before
        on before.population = 'reached'
        and before.outcome_key = left(flow.outcome_key, length(flow.outcome_key) - length(flow.stage))
        || case flow.stage
            when 't0_due' then 'started'
            when 't0' then 't0_due'
            when 't1_due' then 't0'
            when 't1' then 't1_due'
            when 't2_due' then 't0'
            when 't2' then 't2_due'
            else 'started'
        end
),
wholly_hidden as (
    select
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        instrument,
        informant
    from hidden
    where breakdown = 'target_group'
    group by all
    having bool_and(is_suppressed or numerator = 0)
),
named as (
    select
        hidden.* exclude (category, is_suppressed, is_before_suppressed, is_reasons_suppressed),
        wholly_hidden.period is not null or hidden.is_suppressed as is_suppressed,
        wholly_hidden.period is not null or hidden.is_before_suppressed as is_before_suppressed,
        wholly_hidden.period is not null or hidden.is_reasons_suppressed as is_reasons_suppressed,
        case when wholly_hidden.period is not null then 'small_groups' else hidden.category end
            as category
    from hidden
    left join wholly_hidden
        on wholly_hidden.organisation_id is not distinct from hidden.organisation_id
        and wholly_hidden.team_id is not distinct from hidden.team_id
        and wholly_hidden.period = hidden.period
        and wholly_hidden.breakdown = hidden.breakdown
        and wholly_hidden.category is not distinct from hidden.category
        and wholly_hidden.instrument = hidden.instrument
        and wholly_hidden.informant = hidden.informant
)
select distinct
    level,
    organisation_id,
    team_id,
    period,
    breakdown,
    category,
    instrument,
    informant,
    stage,
    case when not is_suppressed then numerator end as numerator,
    case when not is_before_suppressed then denominator end as denominator,
    case when not is_suppressed and not is_before_suppressed then share end as share,
    case when not is_reasons_suppressed then before_first_record_count end
        as before_first_record_count,
    case when not is_reasons_suppressed then not_yet_due_count end as not_yet_due_count,
    case when not is_reasons_suppressed then ended_count end as ended_count,
    case when not is_reasons_suppressed then missed_count end as missed_count,
    case when not is_reasons_suppressed then outside_window_count end as outside_window_count,
    is_provisional,
    is_suppressed,
    is_reasons_suppressed
from named;
