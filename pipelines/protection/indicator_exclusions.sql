-- grain: one row per score key and exclusion reason
-- Either every count of a key is shown or none: one hidden count beside a known total is no secret.
create or replace table protected.indicator_exclusions as
with reason_count as (
    select
        score_key,
        exclusion_reason,
        count(*) as units
    from score.indicator_unit
    where not counted
    group by score_key, exclusion_reason
)
select
    d.level,
    d.organisation_id,
    d.team_id,
    d.period,
    d.indicator_id,
    c.score_key,
    c.exclusion_reason,
    case when not d.is_suppressed and not d.is_excluded_hidden then c.units end as units,
    d.is_suppressed
from reason_count as c
inner join protected.score_disclosure as d
    on c.score_key = d.score_key;
