-- grain: one row per score key and exclusion reason
-- Either every count of a key is shown or none: one hidden count beside a known total is no secret.
create or replace table protected.indicator_exclusions as
with reason_count as (
    select
        score_key,
        exclusion_reason,
        min(unit_kind) as unit_kind,
        count(*) as units
    from score.indicator_unit
    where not counted
    group by score_key, exclusion_reason
),
smallest as (
    select
        score_key,
        min(units) as smallest_count
    from reason_count
    group by score_key
)
select
    d.level,
    d.organisation_id,
    d.team_id,
    d.period,
    d.indicator_id,
    c.score_key,
    c.exclusion_reason,
    case
        when d.is_suppressed then null
        when d.is_about_clients
            and m.smallest_count < coalesce(o.minimum_clients, $default_minimum::integer) then null
        when c.unit_kind = 'worker' and m.smallest_count < $minimum_workers::integer then null
        else c.units
    end as units,
    d.is_suppressed
from reason_count as c
inner join smallest as m
    on c.score_key = m.score_key
inner join protected.score_disclosure as d
    on c.score_key = d.score_key
left join protected.organisation as o
    on d.organisation_id = o.organisation_id;
