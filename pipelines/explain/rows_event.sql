-- grain: unit x staged row behind it, for the shapes that look for an event in a span of days:
-- the trajectory or team itself, its closure where that ends it, and the events within the span
with rule as (
    select *
    from catalogue.indicator
    where organisation_id = $organisation_id
        and indicator_key = $indicator_key
),
spanned as (
    select
        unit.unit_number,
        unit.organisation_id,
        unit.unit_id as subject_id,
        case rule.shape
            when 'within' then trajectory.start_date - 31
            else period.until_day - setting.value + 1
        end as first_day,
        case rule.shape
            when 'within' then trajectory.start_date + setting.value
            else period.until_day
        end as last_day
    from explained_unit as unit
    cross join rule
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = unit.organisation_id
        and trajectory.trajectory_id = unit.unit_id
    inner join staged.programme_setting as setting
        on setting.organisation_id = trajectory.organisation_id
        and setting.programme = trajectory.programme
        and setting.setting = rule.setting
    inner join fact.period as period
        on period.organisation_id = unit.organisation_id
        and period.period = $period
    where rule.shape in ('within', 'current')
    union all
    select
        unit.unit_number,
        unit.organisation_id,
        unit.team_id as subject_id,
        cast(split_part(unit.unit_id, '|', -1) as date) as first_day,
        cast(split_part(unit.unit_id, '|', -1) as date) + setting.value - 1 as last_day
    from explained_unit as unit
    cross join rule
    inner join staged.programme_setting as setting
        on setting.organisation_id = unit.organisation_id
        and setting.programme = 'krachtwerk'
        and setting.setting = rule.setting
    where rule.shape = 'recurring'
),
happened as (
    select
        'strengths_assessment' as event,
        organisation_id,
        trajectory_id as subject_id,
        assessment_date as event_date,
        'strengths_assessment' as record_kind,
        rowid as row_id
    from staged.strengths_assessment
    union all
    select 'action_plan', organisation_id, trajectory_id, plan_date, 'action_plan', rowid
    from staged.action_plan
    where status in ('active', 'closed')
    union all
    select
        'self_regulation_review',
        organisation_id,
        trajectory_id,
        review_date,
        'self_regulation_review',
        rowid
    from staged.self_regulation_review
    union all
    select 'evaluation', organisation_id, trajectory_id, held_date, 'evaluation', rowid
    from staged.evaluation
    union all
    select 'ecogram', organisation_id, trajectory_id, ecogram_date, 'ecogram', rowid
    from staged.ecogram
    union all
    select 'contact', organisation_id, trajectory_id, contact_date, 'contact', rowid
    from staged.contact
    where not no_show
        and contact_count > 0
    union all
    select
        'team_review_case',
        tabled.organisation_id,
        tabled.trajectory_id,
        review.held_date,
        'team_review_case',
        tabled.rowid
    from staged.team_review_case as tabled
    inner join fact.review as review
        on review.organisation_id = tabled.organisation_id
        and review.review_id = tabled.review_id
    union all
    select
        'team_review_case',
        tabled.organisation_id,
        tabled.trajectory_id,
        held.held_date,
        'team_review',
        review.rowid
    from staged.team_review_case as tabled
    inner join fact.review as held
        on held.organisation_id = tabled.organisation_id
        and held.review_id = tabled.review_id
    inner join staged.team_review as review
        on review.organisation_id = held.organisation_id
        and review.review_id = held.review_id
    union all
    select
        'team_review',
        review.organisation_id,
        review.team_id,
        held.held_date,
        'team_review',
        review.rowid
    from staged.team_review as review
    inner join fact.review as held
        on held.organisation_id = review.organisation_id
        and held.review_id = review.review_id
)
select
    unit.unit_number,
    'trajectory' as record_kind,
    trajectory.rowid as row_id
from explained_unit as unit
inner join staged.trajectory as trajectory
    on trajectory.organisation_id = unit.organisation_id
    and trajectory.trajectory_id = unit.trajectory_id
union all
select
    unit.unit_number,
    'closure' as record_kind,
    closure.rowid as row_id
from explained_unit as unit
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = unit.organisation_id
    and trajectory.trajectory_id = unit.trajectory_id
    and trajectory.is_end_from_closure
inner join staged.closure as closure
    on closure.organisation_id = unit.organisation_id
    and closure.trajectory_id = unit.trajectory_id
union all
select
    unit.unit_number,
    'team' as record_kind,
    team.rowid as row_id
from explained_unit as unit
inner join staged.team as team
    on team.organisation_id = unit.organisation_id
    and team.team_id = unit.team_id
where unit.unit_kind = 'block'
union all
select
    spanned.unit_number,
    happened.record_kind,
    happened.row_id
from spanned
cross join rule
inner join happened
    on happened.event = rule.event
    and happened.organisation_id = spanned.organisation_id
    and happened.subject_id = spanned.subject_id
    and happened.event_date >= spanned.first_day
    and happened.event_date <= spanned.last_day
