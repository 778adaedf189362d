-- grain: one row per score key of results.indicator_scores
create or replace table protected.score_disclosure as
select
    p.score_key,
    p.level,
    p.organisation_id,
    p.team_id,
    p.period,
    p.indicator_id,
    p.indicator_version,
    p.status,
    p.is_about_clients,
    h.cell_key is not null as is_suppressed,
    e.cell_key is not null as is_excluded_hidden
from protected.score_primary as p
left join protected.hidden_score as h
    on p.score_key = h.cell_key
left join protected.hidden_exclusion as e
    on p.score_key = e.cell_key;
