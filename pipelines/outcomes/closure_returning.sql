-- grain: level (team, organisation) x organisation x team x period (of the closure) x breakdown x
-- category: clients with more than one closure, of whom something is known
create or replace table outcome.closure_returning as
with returning_client as (
    -- clients with more than one closure: each counts once per cell
    select
        level.level,
        unit.organisation_id,
        case when level.level = 'team' then unit.team_id end as team_id,
        case when view.period_kind = 'quarter' then unit.quarter else unit.year end as period,
        view.breakdown,
        case view.breakdown
            when 'programme' then unit.programme
            when 'target_group' then coalesce(unit.target_group, 'not_recorded')
        end as category,
        unit.client_id,
        bool_or(unit.kind is not null) as has_kind,
        bool_or(unit.without_contact is not null) as has_contact,
        bool_or(unit.follow_on in ('yes', 'no')) as has_follow_on,
        bool_or(unit.housing_after is not null) as has_housing
    from outcome.closure_unit as unit
    inner join outcome.view as view
        on view.subject = 'closure'
    inner join outcome.level as level
        on level.breakdown = view.breakdown
        and level.level <> 'all'
    where unit.is_returning
    group by all
)
select
    * exclude (client_id, has_kind, has_contact, has_follow_on, has_housing),
    count(*) filter (where has_kind) as kind_count,
    count(*) filter (where has_contact) as contact_count,
    count(*) filter (where has_follow_on) as follow_on_count,
    count(*) filter (where has_housing) as housing_count
from returning_client
group by all
