-- grain: population x unit: what is looked at for the codes it touched, and until which day
create or replace table fact.coverage_unit as
with used as (
    select distinct
        organisation_id,
        population
    from catalogue.indicator
    where population is not null
),
assessed as (
    select
        open_trajectory.organisation_id,
        open_trajectory.team_id,
        open_trajectory.period,
        open_trajectory.until_day,
        open_trajectory.trajectory_id,
        assessment.assessment_id,
        row_number() over (
            partition by
                open_trajectory.organisation_id,
                open_trajectory.trajectory_id,
                open_trajectory.period
            order by
                assessment.assessment_date desc,
                coalesce(assessment.version, -1) desc,
                assessment.delivery_rank desc,
                assessment.row_number desc
        ) as recency
    from fact.open_trajectory as open_trajectory
    inner join staged.strengths_assessment as assessment
        on assessment.organisation_id = open_trajectory.organisation_id
        and assessment.trajectory_id = open_trajectory.trajectory_id
        and assessment.assessment_date <= open_trajectory.until_day
    where open_trajectory.is_method
),
with_domain as (
    select distinct
        organisation_id,
        assessment_id
    from staged.strengths_assessment_domain
),
unit as (
    select
        'open_assessed_trajectory' as population,
        assessed.organisation_id,
        assessed.team_id,
        assessed.period,
        assessed.until_day as unit_date,
        'trajectory' as unit_kind,
        assessed.trajectory_id as unit_id,
        assessed.trajectory_id,
        assessed.assessment_id as touch_key,
        assessed.until_day as touch_until,
        case when with_domain.assessment_id is null then 'not_recorded' end as exclusion_reason
    from assessed
    left join with_domain
        on with_domain.organisation_id = assessed.organisation_id
        and with_domain.assessment_id = assessed.assessment_id
    where assessed.recency = 1
    union all
    select
        'ended_trajectory',
        trajectory.organisation_id,
        trajectory.team_id,
        day.quarter,
        trajectory.end_date,
        'trajectory',
        trajectory.trajectory_id,
        trajectory.trajectory_id,
        trajectory.trajectory_id,
        least(trajectory.known_until, trajectory.end_date + 31),
        case
            when closure.trajectory_id is null then 'not_recorded'
            else closure.exclusion_reason
        end
    from fact.trajectory as trajectory
    inner join fact.day as day
        on day.day = trajectory.end_date
    left join fact.closure as closure
        on closure.organisation_id = trajectory.organisation_id
        and closure.trajectory_id = trajectory.trajectory_id
    where trajectory.is_method
    union all
    select
        'planned_closure',
        closure.organisation_id,
        closure.team_id,
        day.quarter,
        closure.closure_date,
        'closure',
        closure.trajectory_id,
        closure.trajectory_id,
        closure.trajectory_id,
        closure.closure_date,
        case
            when closure.exclusion_reason is not null then closure.exclusion_reason
            when closure.exit_interview is null
                or closure.safety_plan is null
                or closure.final_evaluation is null
                or closure.network_meeting is null
                or closure.final_report is null
                then 'not_recorded'
        end
    from fact.closure as closure
    inner join fact.day as day
        on day.day = closure.closure_date
)
select unit.*
from unit
inner join used
    on used.organisation_id = unit.organisation_id
    and used.population = unit.population
