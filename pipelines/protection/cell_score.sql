-- grain: one counted number per score key: what an attacker can add up over places and time
create or replace table protected.cell_score as
with profile as (
    select
        organisation_key,
        indicator_id,
        indicator_version,
        string_agg(part, ',' order by part) as parts
    from protected.profile_part
    group by
        organisation_key,
        indicator_id,
        indicator_version
)
select
    p.score_key as cell_key,
    p.indicator_id || '|v' || p.indicator_version as block,
    coalesce(p.organisation_id, '') as organisation_id,
    coalesce(p.team_id, '') as team_id,
    p.period,
    '' as category,
    coalesce(p.units_counted, 0)::bigint as cell_value,
    case
        when not p.is_small or p.is_of_few or p.units_counted = 0 then 0
        when p.is_about_clients then p.minimum_clients - 1
        else $minimum_workers::integer - 1
    end::integer as needed,
    p.is_small or p.is_of_few as is_hidden,
    case
        when i.is_stock then 'last'
        when i.shape = 'rated' then 'none'
        else 'sum'
    end as over_time,
    case
        when p.is_about_clients then p.minimum_clients
        else $minimum_workers::integer
    end as least_difference,
    not p.is_provisional as is_closed,
    case when p.status = 'scored' then coalesce(f.parts, '') else '' end as parts
from protected.score_primary as p
left join catalogue.indicator as i
    on coalesce(p.organisation_id, '') = i.organisation_id
    and p.indicator_id = i.indicator_id
    and p.indicator_version = i.indicator_version
left join profile as f
    on coalesce(p.organisation_id, '') = f.organisation_key
    and p.indicator_id = f.indicator_id
    and p.indicator_version = f.indicator_version;
