-- grain: unit x staged row behind it, for units that are a record: the record itself, what gives it
-- its date, and the rows that are added up in it
select
    unit.unit_number,
    'team_review_case' as record_kind,
    tabled.rowid as row_id
from explained_unit as unit
inner join staged.team_review_case as tabled
    on tabled.organisation_id = unit.organisation_id
    and tabled.trajectory_id = unit.trajectory_id
    and tabled.review_id || '|' || tabled.trajectory_id = unit.unit_id
where unit.unit_kind = 'case'
union all
select
    unit.unit_number,
    'team_review' as record_kind,
    review.rowid as row_id
from explained_unit as unit
inner join staged.team_review as review
    on review.organisation_id = unit.organisation_id
    and review.review_id = split_part(unit.unit_id, '|', 1)
where unit.unit_kind in ('case', 'review')
union all
select
    unit.unit_number,
    'team_review_step' as record_kind,
    step.rowid as row_id
from explained_unit as unit
inner join staged.team_review_step as step
    on step.organisation_id = unit.organisation_id
    and step.review_id = unit.unit_id
inner join catalogue.indicator as rule
    on rule.organisation_id = $organisation_id
    and rule.indicator_key = $indicator_key
    and rule.measure = 'team_review.steps'
where unit.unit_kind = 'review'
union all
select
    unit.unit_number,
    'strengths_assessment' as record_kind,
    assessment.rowid as row_id
from explained_unit as unit
inner join staged.strengths_assessment as assessment
    on assessment.organisation_id = unit.organisation_id
    and assessment.assessment_id = unit.unit_id
where unit.unit_kind = 'strengths_assessment'
union all
select
    unit.unit_number,
    'action' as record_kind,
    action.rowid as row_id
from explained_unit as unit
inner join staged.action as action
    on action.organisation_id = unit.organisation_id
    and action.action_id = unit.unit_id
where unit.unit_kind = 'action'
union all
select
    unit.unit_number,
    'goal' as record_kind,
    goal.rowid as row_id
from explained_unit as unit
inner join staged.action as action
    on action.organisation_id = unit.organisation_id
    and action.action_id = unit.unit_id
inner join staged.goal as goal
    on goal.organisation_id = action.organisation_id
    and goal.goal_id = action.goal_id
where unit.unit_kind = 'action'
union all
select
    unit.unit_number,
    'goal' as record_kind,
    goal.rowid as row_id
from explained_unit as unit
inner join staged.goal as goal
    on goal.organisation_id = unit.organisation_id
    and goal.goal_id = unit.unit_id
where unit.unit_kind = 'goal'
union all
select
    unit.unit_number,
    'action_plan' as record_kind,
    plan.rowid as row_id
from explained_unit as unit
inner join staged.goal as goal
    on goal.organisation_id = unit.organisation_id
    and goal.goal_id = unit.unit_id
inner join staged.action_plan as plan
    on plan.organisation_id = goal.organisation_id
    and plan.plan_id = goal.plan_id
where unit.unit_kind = 'goal'
union all
select
    unit.unit_number,
    'action_plan' as record_kind,
    plan.rowid as row_id
from explained_unit as unit
inner join staged.action_plan as plan
    on plan.organisation_id = unit.organisation_id
    and plan.plan_id = unit.unit_id
where unit.unit_kind = 'action_plan'
union all
select
    unit.unit_number,
    'quality_rating' as record_kind,
    rating.rowid as row_id
from explained_unit as unit
inner join fact.period as period
    on period.organisation_id = unit.organisation_id
    and period.period = $period
inner join catalogue.indicator as rule
    on rule.organisation_id = $organisation_id
    and rule.indicator_key = $indicator_key
    and rule.rated_subject = unit.unit_kind
inner join staged.quality_rating as rating
    on rating.organisation_id = unit.organisation_id
    and rating.subject = unit.unit_kind
    and rating.subject_id = unit.unit_id
    and rating.rated_date >= period.first_day
    and rating.rated_date <= period.until_day
union all
select
    unit.unit_number,
    'evaluation' as record_kind,
    evaluation.rowid as row_id
from explained_unit as unit
inner join staged.evaluation as evaluation
    on evaluation.organisation_id = unit.organisation_id
    and evaluation.evaluation_id = unit.unit_id
where unit.unit_kind = 'evaluation'
union all
select
    unit.unit_number,
    'closure' as record_kind,
    closure.rowid as row_id
from explained_unit as unit
inner join staged.closure as closure
    on closure.organisation_id = unit.organisation_id
    and closure.trajectory_id = unit.unit_id
where unit.unit_kind = 'closure'
union all
select
    unit.unit_number,
    'contact' as record_kind,
    contact.rowid as row_id
from explained_unit as unit
inner join staged.contact as contact
    on contact.organisation_id = unit.organisation_id
    and contact.contact_id = unit.unit_id
where unit.unit_kind = 'contact'
