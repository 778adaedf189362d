-- grain: population x touch_key x code: the first day on which something touched the code
create or replace table fact.touch as
with element as (
    select organisation_id, trajectory_id, closure_date, 'exit_interview' as code
    from fact.closure
    where exit_interview
    union all
    select organisation_id, trajectory_id, closure_date, 'safety_plan'
    from fact.closure
    where safety_plan
    union all
    select organisation_id, trajectory_id, closure_date, 'final_evaluation'
    from fact.closure
    where final_evaluation
    union all
    select organisation_id, trajectory_id, closure_date, 'network_meeting'
    from fact.closure
    where network_meeting
    union all
    select organisation_id, trajectory_id, closure_date, 'final_report'
    from fact.closure
    where final_report
),
touch as (
    select
        'open_assessed_trajectory' as population,
        domain.organisation_id,
        domain.assessment_id as touch_key,
        domain.life_domain as code,
        assessment.assessment_date as touch_date
    from staged.strengths_assessment_domain as domain
    inner join staged.strengths_assessment as assessment
        on assessment.organisation_id = domain.organisation_id
        and assessment.assessment_id = domain.assessment_id
    where domain.filled
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, basic_task, contact_date
    from staged.contact
    where basic_task is not null
        and not no_show
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, 'BT2', assessment_date
    from staged.strengths_assessment
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, 'BT3', review_date
    from staged.self_regulation_review
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, 'BT4', plan_date
    from staged.action_plan
    where status <> 'draft'
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, 'BT6', held_date
    from staged.evaluation
    where held_date is not null
    union all
    select 'ended_trajectory', organisation_id, trajectory_id, 'BT7', closure_date
    from element
    union all
    select 'planned_closure', organisation_id, trajectory_id, code, closure_date
    from element
)
select
    population,
    organisation_id,
    touch_key,
    code,
    min(touch_date) as touch_date
from touch
group by
    population,
    organisation_id,
    touch_key,
    code
