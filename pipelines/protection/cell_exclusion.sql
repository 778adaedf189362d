-- grain: one count of excluded units per score key: in all, and per reason
-- The counts of a key are shown all or not at all, so they share the key of the score.
create or replace table protected.cell_exclusion as
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
total_count as (
    select
        s.score_key,
        '' as exclusion_reason,
        min(r.unit_kind) as unit_kind,
        coalesce(s.units_excluded, 0)::bigint as units
    from results.indicator_scores as s
    left join reason_count as r
        on s.score_key = r.score_key
    group by s.score_key, s.units_excluded
),
counted as (
    select score_key, exclusion_reason, unit_kind, units from total_count
    union all
    select score_key, exclusion_reason, unit_kind, units from reason_count
)
select
    p.score_key as cell_key,
    p.indicator_id || '|v' || p.indicator_version || '|' || c.exclusion_reason as block,
    coalesce(p.organisation_id, '') as organisation_id,
    coalesce(p.team_id, '') as team_id,
    p.period,
    '' as category,
    c.units as cell_value,
    case
        when p.is_of_few then 0
        when p.is_about_clients and c.units between 1 and p.minimum_clients - 1
            then p.minimum_clients - 1
        when c.unit_kind = 'worker' and c.units between 1 and $minimum_workers::integer - 1
            then $minimum_workers::integer - 1
        else 0
    end::integer as needed,
    h.cell_key is not null as is_hidden,
    case
        when i.is_stock then 'last'
        when i.shape = 'rated' then 'none'
        else 'sum'
    end as over_time,
    case
        when p.is_about_clients then p.minimum_clients
        when c.unit_kind = 'worker' then $minimum_workers::integer
        else 1
    end as least_difference,
    not p.is_provisional as is_closed,
    '' as parts
from counted as c
inner join protected.score_primary as p
    on c.score_key = p.score_key
left join protected.hidden_score as h
    on p.score_key = h.cell_key
left join catalogue.indicator as i
    on coalesce(p.organisation_id, '') = i.organisation_id
    and p.indicator_id = i.indicator_id
    and p.indicator_version = i.indicator_version;
