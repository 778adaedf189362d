-- grain: one count of units per group of clients in the outcome tables and block: what adds up
-- Teams add up to their organisation, and so do the categories of each breakdown; years alone are
-- told. Kinds of housing add up to the closures that say where the client went.
create or replace table protected.cell_outcome as
with breakdown as (
    select distinct result_table, breakdown
    from protected.outcome_primary
),
-- the ends of goals are rows of one group: one of them stands for all
single as (
    select
        cell_key,
        result_table,
        population,
        case
            when measure in ('attained', 'partly', 'not_attained', 'stopped') then 'ends'
            when measure in ('planned', 'premature', 'neutral', 'not_planned') then 'kinds'
            else measure
        end as subject,
        coalesce(organisation_id, '') as organisation_id,
        coalesce(team_id, '') as team_id,
        period,
        breakdown,
        coalesce(category, '') as category,
        max(units_count) as units_count,
        max(clients_count) as clients_count,
        max(minimum_clients) as minimum_clients,
        bool_or(is_primary) as is_primary
    from protected.outcome_primary
    where population not in ('reasons', 'housing')
    group by all
),
-- the total of an organisation stands in the block of every breakdown of it
placed as (
    select
        single.* exclude (breakdown),
        coalesce(other.breakdown, single.breakdown) as breakdown
    from single
    left join breakdown as other
        on single.breakdown = 'total'
        and single.team_id = ''
        and other.result_table = single.result_table
),
housing as (
    select
        cell_key,
        coalesce(organisation_id, '') as organisation_id,
        coalesce(team_id, '') as team_id,
        period,
        breakdown,
        coalesce(category, '') as category,
        measure,
        coalesce(units_count, 0) as units_count,
        minimum_clients,
        is_primary
    from protected.outcome_primary
    where population = 'housing'
),
-- a year of outcomes is complete when the last later moment of its last client has passed
closed_year as (
    select distinct
        told.organisation_id,
        told.period
    from protected.outcome_primary as told
    inner join protected.organisation as organisation
        on organisation.organisation_id = told.organisation_id
        and make_date(told.period::integer + 1, 1, 1) + $follow_up_days::integer
            <= organisation.known_until + 1
)
select
    cell_key,
    concat_ws('|', result_table, population, subject, breakdown) as block,
    placed.organisation_id,
    team_id,
    placed.period,
    category,
    coalesce(units_count, 0)::bigint as cell_value,
    case
        when is_primary and units_count > 0 then minimum_clients - 1
        else 0
    end::integer as needed,
    is_primary as is_hidden,
    'none' as over_time,
    minimum_clients as least_difference,
    closed_year.period is not null as is_closed,
    '' as parts
from placed
left join closed_year
    on closed_year.organisation_id = placed.organisation_id
    and closed_year.period = placed.period
union all
select
    cell_key,
    concat_ws('|', 'housing', housing.organisation_id, team_id, housing.period, breakdown, category) as block,
    housing.organisation_id,
    '' as team_id,
    housing.period,
    measure as category,
    units_count::bigint as cell_value,
    case when is_primary and units_count > 0 then minimum_clients - 1 else 0 end::integer as needed,
    is_primary as is_hidden,
    'none' as over_time,
    minimum_clients as least_difference,
    closed_year.period is not null as is_closed,
    '' as parts
from housing
left join closed_year
    on closed_year.organisation_id = housing.organisation_id
    and closed_year.period = housing.period
union all
select
    concat_ws('|', 'housing', organisation_id, team_id, period, breakdown, category, 'all')
        as cell_key,
    concat_ws('|', 'housing', organisation_id, team_id, period, breakdown, category) as block,
    organisation_id,
    '' as team_id,
    period,
    '' as category,
    sum(units_count)::bigint as cell_value,
    0 as needed,
    false as is_hidden,
    'none' as over_time,
    max(minimum_clients) as least_difference,
    -- never told by itself: nothing of it is published
    false as is_closed,
    '' as parts
from housing
group by organisation_id, team_id, period, breakdown, category;
