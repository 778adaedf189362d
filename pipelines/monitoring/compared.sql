-- grain: year x measure x team: what teams are held beside each other by; at least five units each
-- value_kind share: numerator of denominator; mean: value with the spread of the units
create or replace table monitoring.compared as
with indicator_value as (
    select
        'indicator' as subject,
        score.indicator_id as measure,
        score.indicator_version,
        score.period,
        score.organisation_id,
        score.team_id,
        case indicator.interval_method when 'wilson' then 'share' else 'mean' end as value_kind,
        score.value,
        case indicator.interval_method when 'wilson' then cast(score.numerator as bigint) end
            as numerator,
        cast(score.units_counted as bigint) as denominator,
        score.ci_low,
        score.ci_high,
        cast(null as double) as sd,
        indicator.is_higher_better,
        score.is_provisional,
        cast(null as bigint) as clients_count,
        score.score_key as source_key
    from results.indicator_scores as score
    -- the shipped rules that no organisation changed: teams are measured alike
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = ''
        and indicator.indicator_id = score.indicator_id
        and indicator.indicator_version = score.indicator_version
        and indicator.is_published
    where score.level = 'team'
        and score.status in ('scored', 'no_norm')
        and indicator.interval_method in ('wilson', 't')
),
flow_value as (
    select
        'outcome_flow' as subject,
        stage as measure,
        instrument,
        informant,
        period,
        organisation_id,
        team_id,
        'share' as value_kind,
        share as value,
        numerator,
        denominator,
        true as is_higher_better,
        is_provisional,
        clients_count,
        outcome_key as source_key
    from results.outcome_flow
    where level = 'team'
        and stage in ('t0', 't1', 't2')
),
change_value as (
    select
        'outcome_change' as subject,
        'mean_change' as measure,
        instrument,
        instrument_version,
        scale,
        informant,
        moments,
        period,
        organisation_id,
        team_id,
        'mean' as value_kind,
        mean_change as value,
        completers_count as denominator,
        sd_change as sd,
        is_higher_better,
        is_provisional,
        clients_count,
        outcome_key as source_key
    from results.outcome_change
    where level = 'team'
        and status = 'given'
),
goal_value as (
    select
        'goal_attainment' as subject,
        measure,
        period,
        organisation_id,
        team_id,
        case measure when 'attained' then 'share' else 'mean' end as value_kind,
        value,
        case measure when 'attained' then cast(numerator as bigint) end as numerator,
        cast(denominator as bigint) as denominator,
        ci_low,
        ci_high,
        true as is_higher_better,
        is_provisional,
        clients_count,
        outcome_key as source_key
    from results.goal_attainment
    where level = 'team'
        and breakdown = 'total'
        and measure in ('attained', 'gas_t')
        and status = 'given'
),
closure_value as (
    select
        'closures' as subject,
        measure,
        period,
        organisation_id,
        team_id,
        'share' as value_kind,
        value,
        numerator,
        denominator,
        measure = 'planned' as is_higher_better,
        is_provisional,
        clients_count,
        outcome_key as source_key
    from results.closures
    where level = 'team'
        and breakdown = 'total'
        and measure in ('planned', 'premature', 'without_contact')
        and status = 'given'
),
source as (
    select *
    from indicator_value
    union all by name
    select *
    from flow_value
    union all by name
    select *
    from change_value
    union all by name
    select *
    from goal_value
    union all by name
    select *
    from closure_value
)
select *
from source
where length(period) = 4
    and denominator >= 5
