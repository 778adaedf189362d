-- grain: one row per requirement with a population of its own (early contact), place and period
-- A share without its count: whoever knows the counts of the others must not find this one.
create or replace table protected.cell_requirement as
with population as (
    -- the key without its version: what starts alike is found by what is equal
    select
        regexp_extract(score_key, '^.*[|]') as place_key,
        clients_count,
        workers_count
    from score.indicator_population
),
figure as (
    select
        r.requirement_id,
        t.subject_version,
        r.organisation_id,
        coalesce(r.team_id, '') as team_id,
        r.period,
        r.value is not null or r.status not in ('not_applicable', 'not_assessable') as is_figure,
        coalesce(p.clients_count, 0) as clients_count,
        coalesce(p.workers_count, 0) as workers_count,
        o.minimum_clients,
        o.known_until
    from results.requirement_results as r
    inner join protected.requirement_subject as t
        on r.organisation_id = t.organisation_id
        and r.requirement_id = t.requirement_id
        and t.subject = r.requirement_id
    inner join protected.organisation as o
        on r.organisation_id = o.organisation_id
    left join population as p
        on p.place_key = r.requirement_id || '|' || r.organisation_id || '|' || coalesce(r.team_id, '')
            || '|' || r.period || '|'
),
judged as (
    select
        *,
        is_figure
        and (clients_count < minimum_clients or workers_count < $minimum_workers::integer)
            as is_small
    from figure
)
select
    requirement_id || '|' || organisation_id || '|' || team_id || '|' || period as cell_key,
    requirement_id || '|v' || subject_version as block,
    organisation_id,
    team_id,
    period,
    '' as category,
    clients_count::bigint as cell_value,
    case when is_small and clients_count > 0 then minimum_clients - 1 else 0 end::integer as needed,
    is_small as is_hidden,
    'sum' as over_time,
    minimum_clients as least_difference,
    case
        when period like '%Q%'
            then make_date(left(period, 4)::integer, right(period, 1)::integer * 3, 1)
                + interval 1 month
        else make_date(period::integer + 1, 1, 1)
    end <= known_until + 1 as is_closed,
    '' as parts
from judged;
