-- grain: period (of closing the goal) x breakdown x category, all organisations together
create or replace view outcome.goal_cell_all as
-- pseudonyms differ between organisations: nobody is counted twice
select
    'all' as level,
    cast(null as varchar) as organisation_id,
    cast(null as varchar) as team_id,
    period,
    breakdown,
    category,
    count(*) as organisations_counted,
    count(*) filter (where gas_count > 0) as gas_organisations_counted,
    sum(columns(cell.* exclude (level, organisation_id, team_id, period, breakdown, category)))
from outcome.goal_cell as cell
where level = 'organisation'
group by
    period,
    breakdown,
    category
