-- grain: indicator x level x organisation x team x period, as published for research
create or replace table results.indicator_scores as
select
    level,
    nullif(organisation_id, '') as organisation_id,
    nullif(team_id, '') as team_id,
    period,
    indicator_id,
    indicator_version,
    amount_numerator as numerator,
    amount_denominator as denominator,
    value,
    score,
    ci_low,
    ci_high,
    cast(counted_weight as bigint) as units_counted,
    cast(excluded_count as bigint) as units_excluded,
    case when level = 'all' then organisations_counted end as organisations_counted,
    status,
    is_provisional,
    provenance,
    score_key
from score.result
where is_published
order by
    indicator_id,
    indicator_version,
    organisation_id nulls first,
    team_id nulls first,
    period
