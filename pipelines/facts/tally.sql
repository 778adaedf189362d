-- grain: measure x unit (worker, trajectory, review, or the contacts of a trajectory, day and place)
-- Amounts are whole numbers of parts (hours and fte in hundredths); empty when not recorded.
create or replace table fact.tally as
with used as (
    select distinct
        organisation_id,
        measure
    from catalogue.indicator
    where measure is not null
),
method_hours as (
    select
        'worker.method_hours' as measure,
        organisation_id,
        team_id,
        period,
        until_day as unit_date,
        'worker' as unit_kind,
        team_id || '|' || worker_id as unit_id,
        cast(null as string) as trajectory_id,
        cast(100 * (contract_hours - other_duty_hours) as decimal(38, 0)) as numerator,
        cast(
            case when other_duty_hours is not null then 100 * contract_hours end as decimal(38, 0)
        ) as denominator,
        100 as numerator_parts,
        100 as denominator_parts,
        1 as unit_weight,
        1 as row_count
    from fact.active_worker
),
caseload as (
    select
        'team.caseload' as measure,
        organisation_id,
        team_id,
        period,
        until_day as unit_date,
        'worker' as unit_kind,
        team_id || '|' || worker_id as unit_id,
        cast(null as string) as trajectory_id,
        cast(0 as decimal(38, 0)) as numerator,
        cast(100 * fte as decimal(38, 0)) as denominator,
        1 as numerator_parts,
        100 as denominator_parts,
        1 as unit_weight,
        1 as row_count
    from fact.active_worker
    union all
    -- the counted units are the workers, a trajectory weighs nothing
    select
        'team.caseload',
        organisation_id,
        team_id,
        period,
        until_day,
        'trajectory',
        trajectory_id,
        trajectory_id,
        cast(1 as decimal(38, 0)),
        cast(0 as decimal(38, 0)),
        1,
        100,
        0,
        1
    from fact.open_trajectory
),
attendance as (
    select
        'team_review.attendance' as measure,
        review.organisation_id,
        review.team_id,
        day.quarter as period,
        review.held_date as unit_date,
        'review' as unit_kind,
        review.review_id as unit_id,
        cast(null as string) as trajectory_id,
        cast(least(review.present_count, review.expected_count) as decimal(38, 0)) as numerator,
        cast(review.expected_count as decimal(38, 0)) as denominator,
        1 as numerator_parts,
        1 as denominator_parts,
        1 as unit_weight,
        1 as row_count
    from fact.review as review
    inner join fact.day as day
        on day.day = review.held_date
),
steps as (
    select
        'team_review.steps' as measure,
        review.organisation_id,
        review.team_id,
        day.quarter as period,
        review.held_date as unit_date,
        'review' as unit_kind,
        review.review_id as unit_id,
        cast(null as string) as trajectory_id,
        cast(sum(case when step.done then 1 else 0 end) as decimal(38, 0)) as numerator,
        cast(count(*) as decimal(38, 0)) as denominator,
        1 as numerator_parts,
        1 as denominator_parts,
        1 as unit_weight,
        1 as row_count
    from fact.review as review
    inner join staged.team_review_step as step
        on step.organisation_id = review.organisation_id
        and step.review_id = review.review_id
    inner join fact.day as day
        on day.day = review.held_date
    group by
        review.organisation_id,
        review.team_id,
        day.quarter,
        review.held_date,
        review.review_id
),
own_environment as (
    select
        'contact.own_environment' as measure,
        contact.organisation_id,
        contact.team_id,
        day.quarter as period,
        contact.contact_date as unit_date,
        'contact' as unit_kind,
        contact.trajectory_id || '|' || coalesce(contact.place, '') as unit_id,
        contact.trajectory_id,
        cast(
            case
                when contact.place in ('home', 'community') then sum(contact.moment_count)
                when contact.place is not null then 0
            end as decimal(38, 0)
        ) as numerator,
        cast(
            case when contact.place is not null then sum(contact.moment_count) end as decimal(38, 0)
        ) as denominator,
        1 as numerator_parts,
        1 as denominator_parts,
        sum(contact.moment_count) as unit_weight,
        sum(contact.row_count) as row_count
    from fact.contact_day as contact
    inner join fact.day as day
        on day.day = contact.contact_date
    group by
        contact.organisation_id,
        contact.team_id,
        day.quarter,
        contact.contact_date,
        contact.place,
        contact.trajectory_id
),
tally as (
    select * from method_hours
    union all
    select * from caseload
    union all
    select * from attendance
    union all
    select * from steps
    union all
    select * from own_environment
)
select tally.*
from tally
inner join used
    on used.organisation_id = tally.organisation_id
    and used.measure = tally.measure
