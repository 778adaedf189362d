-- grain: series (level x organisation x team x measure) x quarter, from its first to its last value;
-- a quarter without a value that may be read is a gap: a row with an empty value
create or replace table monitoring.series_point as
with indicator_value as (
    select
        score.level,
        score.organisation_id,
        score.team_id,
        'indicator' as subject,
        score.indicator_id as measure,
        score.indicator_version,
        score.period,
        -- what is not scored for want of records or units is no point either
        case when score.status in ('scored', 'no_norm') then score.value end as value,
        case when indicator.interval_method = 'wilson' then cast(score.numerator as bigint) end
            as numerator,
        case when indicator.interval_method = 'wilson' then cast(score.denominator as bigint) end
            as denominator,
        score.is_provisional,
        indicator.interval_method = 'wilson' as is_share,
        indicator.is_stock,
        indicator.is_higher_better,
        cast(null as bigint) as clients_count,
        score.score_key as source_key
    from results.indicator_scores as score
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = coalesce(score.organisation_id, '')
        and indicator.indicator_id = score.indicator_id
        and indicator.indicator_version = score.indicator_version
        and indicator.is_published
),
profile_value as (
    select
        profile.level,
        profile.organisation_id,
        profile.team_id,
        'record_profile' as subject,
        profile.part as measure,
        profile.period,
        case when profile.status = 'shown' then cast(profile.score as double) end as value,
        period.is_provisional,
        false as is_share,
        false as is_stock,
        true as is_higher_better,
        concat_ws(
            '|',
            'record_profile',
            coalesce(profile.organisation_id, ''),
            coalesce(profile.team_id, ''),
            profile.period,
            profile.part
        ) as source_key
    from results.record_profile as profile
    inner join outcome.period as period
        on period.period = profile.period
        and period.organisation_id is not distinct from profile.organisation_id
),
-- The smallest group an outcome is read of is that of an indicator: five units.
flow_value as (
    select
        level,
        organisation_id,
        team_id,
        'outcome_flow' as subject,
        stage as measure,
        instrument,
        informant,
        period,
        case when denominator >= 5 then share end as value,
        numerator,
        denominator,
        is_provisional,
        true as is_share,
        false as is_stock,
        true as is_higher_better,
        clients_count,
        outcome_key as source_key
    from results.outcome_flow
    where breakdown = 'total'
        and stage in ('t0', 't1', 't2')
),
change_value as (
    select
        level,
        organisation_id,
        team_id,
        'outcome_change' as subject,
        'mean_change' as measure,
        instrument,
        instrument_version,
        scale,
        informant,
        moments,
        period,
        case when completers_count >= 5 then mean_change end as value,
        completers_count as denominator,
        is_provisional,
        false as is_share,
        false as is_stock,
        is_higher_better,
        clients_count,
        outcome_key as source_key
    from results.outcome_change
    where breakdown = 'total'
),
ending_value as (
    select
        level,
        organisation_id,
        team_id,
        'goal_attainment' as subject,
        measure,
        period,
        case when status = 'given' and denominator >= 5 then value end as value,
        cast(numerator as bigint) as numerator,
        cast(denominator as bigint) as denominator,
        is_provisional,
        true as is_share,
        false as is_stock,
        true as is_higher_better,
        clients_count,
        outcome_key as source_key
    from results.goal_attainment
    where breakdown = 'total'
        and measure = 'attained'
    union all by name
    select
        level,
        organisation_id,
        team_id,
        'closures' as subject,
        measure,
        period,
        case when status = 'given' and denominator >= 5 then value end as value,
        numerator,
        denominator,
        is_provisional,
        true as is_share,
        false as is_stock,
        measure = 'planned' as is_higher_better,
        clients_count,
        outcome_key as source_key
    from results.closures
    where breakdown = 'total'
        and measure in ('planned', 'premature', 'without_contact')
),
source as (
    select *
    from indicator_value
    union all by name
    select *
    from profile_value
    union all by name
    select *
    from flow_value
    union all by name
    select *
    from change_value
    union all by name
    select *
    from ending_value
),
named as (
    select
        *,
        concat_ws(
            '|',
            subject,
            coalesce(organisation_id, ''),
            coalesce(team_id, ''),
            measure,
            coalesce('v' || indicator_version, ''),
            coalesce(instrument, ''),
            coalesce(instrument_version, ''),
            coalesce(scale, ''),
            coalesce(informant, ''),
            coalesce(moments, '')
        ) as series_key,
        cast(left(period, 4) as integer) * 4 + cast(right(period, 1) as integer) as quarter_number
    from source
    where length(period) = 7
),
series as (
    select
        series_key,
        any_value(level) as level,
        any_value(organisation_id) as organisation_id,
        any_value(team_id) as team_id,
        any_value(subject) as subject,
        any_value(measure) as measure,
        any_value(indicator_version) as indicator_version,
        any_value(instrument) as instrument,
        any_value(instrument_version) as instrument_version,
        any_value(scale) as scale,
        any_value(informant) as informant,
        any_value(moments) as moments,
        any_value(is_share) as is_share,
        any_value(is_stock) as is_stock,
        any_value(is_higher_better) as is_higher_better,
        min(quarter_number) filter (where value is not null) as first_quarter,
        max(quarter_number) filter (where value is not null) as last_quarter
    from named
    group by
        series_key
),
calendar as (
    select distinct
        period,
        quarter_number
    from named
)
select
    series.* exclude (first_quarter, last_quarter),
    calendar.period,
    calendar.quarter_number,
    calendar.quarter_number - series.first_quarter + 1 as place,
    named.value,
    named.numerator,
    named.denominator,
    coalesce(named.is_provisional, false) as is_provisional,
    named.clients_count,
    named.source_key,
    -- In whole billionths every sum is exact: the order of rows cannot change a bit, and a
    -- constant series lies exactly on its own mean.
    case when not named.is_provisional then cast(round(named.value * 1e9) as bigint) end
        as settled_parts
from series
inner join calendar
    on calendar.quarter_number between series.first_quarter and series.last_quarter
left join named
    on named.series_key = series.series_key
    and named.quarter_number = calendar.quarter_number
