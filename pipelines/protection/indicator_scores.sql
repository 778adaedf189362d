-- grain: one row per score key
create or replace table protected.indicator_scores as
select
    s.level,
    s.organisation_id,
    s.team_id,
    s.period,
    s.indicator_id,
    s.indicator_version,
    case when not d.is_suppressed then s.numerator end as numerator,
    case when not d.is_suppressed then s.denominator end as denominator,
    case when not d.is_suppressed then s.value end as value,
    case when not d.is_suppressed then s.score end as score,
    case when not d.is_suppressed then s.ci_low end as ci_low,
    case when not d.is_suppressed then s.ci_high end as ci_high,
    case when not d.is_suppressed then s.units_counted end as units_counted,
    case
        when not d.is_suppressed and not d.is_excluded_hidden then s.units_excluded
    end as units_excluded,
    case when not d.is_suppressed then s.organisations_counted end as organisations_counted,
    case when d.is_suppressed then 'suppressed' else s.status end as status,
    s.is_provisional,
    s.provenance,
    s.score_key,
    d.is_suppressed
from results.indicator_scores as s
inner join protected.score_disclosure as d
    on s.score_key = d.score_key;
