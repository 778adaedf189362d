-- grain: answer x record (dated in a quarter) or worker (stock at the end of a quarter)
-- answer_text is empty when not recorded; exclusion_reason comes from the record itself.
create or replace table fact.answer as
with used as (
    select distinct
        organisation_id,
        answer
    from catalogue.indicator
    where answer is not null
),
tabled as (
    select
        tabled.organisation_id,
        review.team_id,
        tabled.trajectory_id,
        review.held_date as answer_date,
        'case' as unit_kind,
        tabled.review_id || '|' || tabled.trajectory_id as unit_id,
        used.answer,
        cast(tabled.strengths_assessment_present as string) as answer_text,
        cast(null as string) as exclusion_reason
    from staged.team_review_case as tabled
    inner join fact.review as review
        on review.organisation_id = tabled.organisation_id
        and review.review_id = tabled.review_id
    inner join used
        on used.organisation_id = tabled.organisation_id
        and used.answer = 'team_review_case.strengths_assessment_present'
),
assessment as (
    select
        assessment.organisation_id,
        cast(null as string) as team_id,
        assessment.trajectory_id,
        assessment.assessment_date as answer_date,
        'strengths_assessment' as unit_kind,
        assessment.assessment_id as unit_id,
        used.answer,
        case used.answer
            when 'strengths_assessment.own_words' then assessment.own_words
            else cast(assessment.client_agreed as string)
        end as answer_text,
        cast(null as string) as exclusion_reason
    from staged.strengths_assessment as assessment
    inner join used
        on used.organisation_id = assessment.organisation_id
        and used.answer in ('strengths_assessment.own_words', 'strengths_assessment.client_agreed')
),
planned_goal as (
    select
        goal.*,
        plan.trajectory_id
    from staged.goal as goal
    inner join staged.action_plan as plan
        on plan.organisation_id = goal.organisation_id
        and plan.plan_id = goal.plan_id
        and plan.status in ('active', 'closed')
    inner join staged.organisation as organisation
        on organisation.organisation_id = plan.organisation_id
        and plan.plan_date <= organisation.known_until
),
goal as (
    select
        goal.organisation_id,
        cast(null as string) as team_id,
        goal.trajectory_id,
        goal.start_date as answer_date,
        'goal' as unit_kind,
        goal.goal_id as unit_id,
        used.answer,
        case used.answer
            when 'goal.from_strengths' then cast(goal.from_strengths as string)
            when 'goal.own_words' then cast(goal.own_words as string)
            when 'goal.life_domain' then goal.life_domain
            when 'goal.term' then goal.term
            else goal.recovery_form
        end as answer_text,
        cast(null as string) as exclusion_reason
    from planned_goal as goal
    inner join used
        on used.organisation_id = goal.organisation_id
        and used.answer in (
            'goal.from_strengths',
            'goal.own_words',
            'goal.life_domain',
            'goal.term',
            'goal.recovery_form'
        )
),
action as (
    select
        action.organisation_id,
        cast(null as string) as team_id,
        goal.trajectory_id,
        goal.start_date as answer_date,
        'action' as unit_kind,
        action.action_id as unit_id,
        used.answer,
        case used.answer
            when 'action.has_owner_and_due_date' then
                case
                    when action.owner is not null and action.due_date is not null then 'true'
                    else 'false'
                end
            when 'action.resource' then action.resource
            when 'action.owner' then action.owner
            else action.result
        end as answer_text,
        cast(null as string) as exclusion_reason
    from staged.action as action
    inner join planned_goal as goal
        on goal.organisation_id = action.organisation_id
        and goal.goal_id = action.goal_id
    inner join used
        on used.organisation_id = action.organisation_id
        and used.answer in (
            'action.has_owner_and_due_date',
            'action.resource',
            'action.owner',
            'action.result'
        )
),
evaluation as (
    select
        evaluation.organisation_id,
        cast(null as string) as team_id,
        evaluation.trajectory_id,
        evaluation.held_date as answer_date,
        'evaluation' as unit_kind,
        evaluation.evaluation_id as unit_id,
        used.answer,
        case used.answer
            when 'evaluation.client_present' then cast(evaluation.client_present as string)
            when 'evaluation.network_present' then cast(evaluation.network_present as string)
            else cast(evaluation.report as string)
        end as answer_text,
        cast(null as string) as exclusion_reason
    from staged.evaluation as evaluation
    inner join used
        on used.organisation_id = evaluation.organisation_id
        and used.answer in (
            'evaluation.client_present',
            'evaluation.network_present',
            'evaluation.report'
        )
),
closure as (
    select
        closure.organisation_id,
        cast(null as string) as team_id,
        closure.trajectory_id,
        closure.closure_date as answer_date,
        'closure' as unit_kind,
        closure.trajectory_id as unit_id,
        used.answer,
        case used.answer
            when 'closure.without_contact' then cast(closure.without_contact as string)
            when 'closure.exit_interview' then cast(closure.exit_interview as string)
            when 'closure.safety_plan' then cast(closure.safety_plan as string)
            when 'closure.final_evaluation' then cast(closure.final_evaluation as string)
            when 'closure.network_meeting' then cast(closure.network_meeting as string)
            when 'closure.final_report' then cast(closure.final_report as string)
        end as answer_text,
        case
            when used.answer <> 'closure.without_contact' then closure.exclusion_reason
        end as exclusion_reason
    from fact.closure as closure
    inner join used
        on used.organisation_id = closure.organisation_id
        and used.answer like 'closure.%'
),
dated as (
    select * from tabled
    union all
    select * from assessment
    union all
    select * from goal
    union all
    select * from action
    union all
    select * from evaluation
    union all
    select * from closure
),
worker as (
    select
        worker.organisation_id,
        worker.team_id,
        worker.period,
        worker.until_day as unit_date,
        worker.worker_id,
        used.answer,
        case used.answer
            when 'worker.has_basic_training' then cast(worker.is_trained as string)
            when 'worker.has_other_duties' then
                case
                    when worker.contract_hours is not null
                        then cast(worker.other_duty_hours > 0 as string)
                end
        end as answer_text,
        case
            when used.answer = 'worker.has_basic_training' and not worker.is_settled
                then 'too_young'
        end as exclusion_reason
    from fact.active_worker as worker
    inner join used
        on used.organisation_id = worker.organisation_id
        and used.answer in ('worker.has_basic_training', 'worker.has_other_duties')
)
select
    dated.organisation_id,
    coalesce(dated.team_id, trajectory.team_id) as team_id,
    day.quarter as period,
    dated.answer_date as unit_date,
    dated.unit_kind,
    dated.unit_id,
    dated.trajectory_id,
    dated.answer,
    dated.answer_text,
    dated.exclusion_reason
from dated
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = dated.organisation_id
    and trajectory.trajectory_id = dated.trajectory_id
    and trajectory.is_method
    and dated.answer_date <= trajectory.known_until
inner join fact.day as day
    on day.day = dated.answer_date
union all
select
    organisation_id,
    team_id,
    period,
    unit_date,
    'worker' as unit_kind,
    team_id || '|' || worker_id as unit_id,
    cast(null as string) as trajectory_id,
    answer,
    answer_text,
    exclusion_reason
from worker
