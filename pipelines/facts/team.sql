-- grain: one team; first_date is the first day it is judged on (empty: never)
create or replace table fact.team as
with beginning as (
    select
        organisation_id,
        team_id,
        start_date as first_record_date
    from fact.trajectory
    union all
    select
        organisation_id,
        team_id,
        held_date as first_record_date
    from fact.review
),
first_record as (
    select
        organisation_id,
        team_id,
        min(first_record_date) as first_record_date
    from beginning
    group by
        organisation_id,
        team_id
)
select
    team.organisation_id,
    team.team_id,
    team.start_date,
    team.end_date,
    first_record.first_record_date,
    case
        when first_record.first_record_date is null then null
        when organisation.method_start > first_record.first_record_date
            then organisation.method_start
        else first_record.first_record_date
    end as first_date
from staged.team as team
inner join staged.organisation as organisation
    on organisation.organisation_id = team.organisation_id
left join first_record
    on first_record.organisation_id = team.organisation_id
    and first_record.team_id = team.team_id
