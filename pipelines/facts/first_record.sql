-- grain: organisation x deciding kind (x subject): the date of the first staged row
-- A row without a date opens the kind from the beginning of time; rows after known_until open nothing.
create or replace table fact.first_record as
with review_date as (
    select
        organisation_id,
        review_id,
        coalesce(held_date, planned_date) as record_date
    from staged.team_review
),
dated as (
    select organisation_id, 'worker' as record_kind, '' as subject, start_date as record_date
    from staged.worker
    union all
    select organisation_id, 'training', '', completed_date
    from staged.training
    union all
    select organisation_id, 'trajectory', '', start_date
    from staged.trajectory
    union all
    select organisation_id, 'contact', '', min(contact_date)
    from staged.contact
    group by organisation_id
    union all
    select organisation_id, 'strengths_assessment', '', assessment_date
    from staged.strengths_assessment
    union all
    select
        assessment.organisation_id,
        'strengths_assessment_domain',
        '',
        assessment.assessment_date
    from staged.strengths_assessment_domain as domain
    inner join staged.strengths_assessment as assessment
        on assessment.organisation_id = domain.organisation_id
        and assessment.assessment_id = domain.assessment_id
    union all
    select organisation_id, 'self_regulation_review', '', review_date
    from staged.self_regulation_review
    union all
    select organisation_id, 'ecogram', '', ecogram_date
    from staged.ecogram
    union all
    select organisation_id, 'action_plan', '', plan_date
    from staged.action_plan
    union all
    select organisation_id, 'goal', '', start_date
    from staged.goal
    union all
    select action.organisation_id, 'action', '', goal.start_date
    from staged.action as action
    inner join staged.goal as goal
        on goal.organisation_id = action.organisation_id
        and goal.goal_id = action.goal_id
    union all
    select organisation_id, 'closure', '', closure_date
    from staged.closure
    union all
    select organisation_id, 'team_review', '', record_date
    from review_date
    union all
    select tabled.organisation_id, 'team_review_case', '', review_date.record_date
    from staged.team_review_case as tabled
    inner join review_date
        on review_date.organisation_id = tabled.organisation_id
        and review_date.review_id = tabled.review_id
    union all
    select step.organisation_id, 'team_review_step', '', review_date.record_date
    from staged.team_review_step as step
    inner join review_date
        on review_date.organisation_id = step.organisation_id
        and review_date.review_id = step.review_id
    union all
    select organisation_id, 'quality_rating', subject, rated_date
    from staged.quality_rating
    where rater_role <> 'self'
    union all
    select organisation_id, 'supervision', '', session_date
    from staged.supervision
),
known as (
    select
        dated.organisation_id,
        dated.record_kind,
        dated.subject,
        min(coalesce(dated.record_date, date '0001-01-01')) as first_date
    from dated
    inner join staged.organisation as organisation
        on organisation.organisation_id = dated.organisation_id
    where dated.record_date is null
        or dated.record_date <= organisation.known_until
    group by
        dated.organisation_id,
        dated.record_kind,
        dated.subject
),
-- A planned evaluation opens the kind only where no evaluation was held.
evaluation as (
    select
        evaluation.organisation_id,
        min(
            case
                when evaluation.held_date <= organisation.known_until then evaluation.held_date
            end
        ) as held_date,
        min(
            case
                when evaluation.planned_date <= organisation.known_until
                    then evaluation.planned_date
            end
        ) as planned_date
    from staged.evaluation as evaluation
    inner join staged.organisation as organisation
        on organisation.organisation_id = evaluation.organisation_id
    group by
        evaluation.organisation_id
)
select
    organisation_id,
    record_kind,
    subject,
    first_date
from known
union all
select
    organisation_id,
    'evaluation' as record_kind,
    '' as subject,
    coalesce(held_date, planned_date) as first_date
from evaluation
where coalesce(held_date, planned_date) is not null
