-- grain: one row per score key of results.indicator_scores
-- What must be hidden for its own sake; what else must be, so that this cannot be worked out, is
-- chosen after it (score_disclosure).
-- A score key without a known population is treated as too small. A key with neither counted nor
-- excluded units has nothing to hide and keeps its status ("no data").
create or replace table protected.score_primary as
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
        s.is_provisional,
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
    units_counted,
    is_about_clients,
    is_provisional,
    minimum_clients,
    (units_counted > 0 or units_excluded > 0)
    and (
        is_unknown
        or (is_about_clients and units_counted > 0 and clients_count < minimum_clients)
        or (is_about_clients and units_counted = 0 and units_excluded < minimum_clients)
        or (level <> 'all' and coalesce(workers_count, 0) < $minimum_workers::integer)
    ) as is_small,
    -- hidden without being small: organisations are kept apart, and they know their own figures
    (units_counted > 0 or units_excluded > 0)
    and level = 'all'
    and coalesce(organisations_counted, 0) < $minimum_organisations::integer as is_of_few
from figure;
