-- grain: level (team, organisation) x organisation x team x period (of the closure) x breakdown x
-- category x answers that closures have in common
create or replace table outcome.closure_cell as
with team_cell as (
    select
        unit.organisation_id,
        unit.team_id,
        case when view.period_kind = 'quarter' then unit.quarter else unit.year end as period,
        view.breakdown,
        case view.breakdown
            when 'programme' then unit.programme
            when 'target_group' then coalesce(unit.target_group, 'not_recorded')
        end as category,
        unit.kind,
        unit.without_contact,
        unit.housing_after,
        unit.follow_on,
        count(*) as unit_count,
        count(*) filter (where unit.client_id is not null and not unit.is_returning)
            as single_count
    from outcome.closure_unit as unit
    inner join outcome.view as view
        on view.subject = 'closure'
    group by all
)
select
    level.level,
    cell.organisation_id,
    case when level.level = 'team' then cell.team_id end as team_id,
    cell.* exclude (organisation_id, team_id, unit_count, single_count),
    sum(cell.unit_count) as unit_count,
    sum(cell.single_count) as single_count
from team_cell as cell
inner join outcome.level as level
    on level.breakdown = cell.breakdown
    and level.level <> 'all'
group by all
