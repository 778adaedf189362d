-- grain: as outcome.closure_cell at level organisation, told of all organisations together
create or replace view outcome.closure_cell_all as
select
    'all' as level,
    cast(null as varchar) as organisation_id,
    cast(null as varchar) as team_id,
    organisation_id as unit_organisation_id,
    cell.* exclude (level, organisation_id, team_id)
from outcome.closure_cell as cell
where level = 'organisation'
