-- grain: one row per score key of results.indicator_scores
-- A score key without a known population is treated as too small. A key with neither counted nor
-- excluded units has nothing to hide and keeps its status ("no data").
create or replace table protected.score_disclosure as
with figure as (
    select
        s.score_key,
        s.level,
        s.organisation_id,
        s.team_id,
        s.period,
        s.indicator_id,
        s.indicator_version,
        s.status,
        s.units_counted,
        s.units_excluded,
        s.organisations_counted,
        p.score_key is null as is_unknown,
        p.clients_count is not null as is_about_clients,
        coalesce(p.clients_count, 0) as clients_count,
        p.workers_count,
        coalesce(o.minimum_clients, $default_minimum::integer) as minimum_clients
    from results.indicator_scores as s
    left join score.indicator_population as p
        on s.score_key = p.score_key
    left join protected.organisation as o
        on s.organisation_id = o.organisation_id
)
select
    score_key,
    level,
    organisation_id,
    team_id,
    period,
    indicator_id,
    indicator_version,
    status,
    is_about_clients,
    (units_counted > 0 or units_excluded > 0)
    and (
        is_unknown
        or (is_about_clients and units_counted > 0 and clients_count < minimum_clients)
        or (is_about_clients and units_counted = 0 and units_excluded < minimum_clients)
        or (level <> 'all' and coalesce(workers_count, 0) < $minimum_workers::integer)
        or (level = 'all' and coalesce(organisations_counted, 0) < $minimum_organisations::integer)
    ) as is_suppressed,
    -- a handful of excluded clients is a small number of its own beside a large counted one
    is_about_clients and units_excluded between 1 and minimum_clients - 1
        as is_excluded_hidden
from figure;
