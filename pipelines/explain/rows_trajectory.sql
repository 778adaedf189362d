-- grain: unit x staged row behind it, for units that are a trajectory looked at as a whole (caseload,
-- coverage): the trajectory, its closure, and for coverage every row that touches a code of the list
with unit as (
    select
        explained_unit.*,
        rule.shape,
        coverage.population,
        coverage.touch_key,
        coverage.touch_until
    from explained_unit
    inner join catalogue.indicator as rule
        on rule.organisation_id = $organisation_id
    and rule.indicator_key = $indicator_key
    inner join fact.period as period
        on period.organisation_id = explained_unit.organisation_id
        and period.period = $period
    -- the quarter that holds the unit; of a stock the one that holds the last day
    left join fact.coverage_unit as coverage
        on coverage.population = rule.population
        and coverage.organisation_id = explained_unit.organisation_id
        and coverage.unit_id = explained_unit.unit_id
        and coverage.unit_date >= period.first_day
        and coverage.unit_date <= period.until_day
        and (not rule.is_stock or coverage.unit_date = period.until_day)
    where explained_unit.unit_kind = 'trajectory'
)
select
    unit.unit_number,
    'trajectory' as record_kind,
    trajectory.rowid as row_id
from unit
inner join staged.trajectory as trajectory
    on trajectory.organisation_id = unit.organisation_id
    and trajectory.trajectory_id = unit.trajectory_id
union all
select
    unit.unit_number,
    'closure' as record_kind,
    closure.rowid as row_id
from unit
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = unit.organisation_id
    and trajectory.trajectory_id = unit.trajectory_id
inner join staged.closure as closure
    on closure.organisation_id = unit.organisation_id
    and closure.trajectory_id = unit.trajectory_id
where unit.population = 'ended_trajectory'
    or trajectory.is_end_from_closure
union all
select
    unit.unit_number,
    'strengths_assessment' as record_kind,
    assessment.rowid as row_id
from unit
inner join staged.strengths_assessment as assessment
    on assessment.organisation_id = unit.organisation_id
    and assessment.trajectory_id = unit.trajectory_id
where (
    unit.population = 'open_assessed_trajectory'
    and assessment.assessment_id = unit.touch_key
)
or (
    unit.population = 'ended_trajectory'
    and assessment.assessment_date <= unit.touch_until
)
union all
select
    unit.unit_number,
    'strengths_assessment_domain' as record_kind,
    domain.rowid as row_id
from unit
inner join staged.strengths_assessment_domain as domain
    on domain.organisation_id = unit.organisation_id
    and domain.assessment_id = unit.touch_key
where unit.population = 'open_assessed_trajectory'
union all
select
    unit.unit_number,
    'contact' as record_kind,
    contact.rowid as row_id
from unit
inner join staged.contact as contact
    on contact.organisation_id = unit.organisation_id
    and contact.trajectory_id = unit.trajectory_id
    and contact.contact_date <= unit.touch_until
where unit.population = 'ended_trajectory'
    and contact.basic_task is not null
    and not contact.no_show
union all
select
    unit.unit_number,
    'self_regulation_review' as record_kind,
    review.rowid as row_id
from unit
inner join staged.self_regulation_review as review
    on review.organisation_id = unit.organisation_id
    and review.trajectory_id = unit.trajectory_id
    and review.review_date <= unit.touch_until
where unit.population = 'ended_trajectory'
union all
select
    unit.unit_number,
    'action_plan' as record_kind,
    plan.rowid as row_id
from unit
inner join staged.action_plan as plan
    on plan.organisation_id = unit.organisation_id
    and plan.trajectory_id = unit.trajectory_id
    and plan.plan_date <= unit.touch_until
where unit.population = 'ended_trajectory'
    and plan.status <> 'draft'
union all
select
    unit.unit_number,
    'evaluation' as record_kind,
    evaluation.rowid as row_id
from unit
inner join staged.evaluation as evaluation
    on evaluation.organisation_id = unit.organisation_id
    and evaluation.trajectory_id = unit.trajectory_id
    and evaluation.held_date <= unit.touch_until
where unit.population = 'ended_trajectory'
