-- grain: event x trajectory (or team, for team_review) x day, of the events that indicators ask for
create or replace table fact.event as
with used as (
    select distinct
        organisation_id,
        event
    from catalogue.indicator
    where event is not null
),
happened as (
    select
        'strengths_assessment' as event,
        organisation_id,
        trajectory_id as subject_id,
        assessment_date as event_date
    from staged.strengths_assessment
    union all
    select 'action_plan', organisation_id, trajectory_id, plan_date
    from staged.action_plan
    where status in ('active', 'closed')
    union all
    select 'self_regulation_review', organisation_id, trajectory_id, review_date
    from staged.self_regulation_review
    union all
    select 'evaluation', organisation_id, trajectory_id, held_date
    from staged.evaluation
    where held_date is not null
    union all
    select 'ecogram', organisation_id, trajectory_id, ecogram_date
    from staged.ecogram
    union all
    select 'contact', organisation_id, trajectory_id, contact_date
    from staged.contact
    where not no_show
        and contact_count > 0
    union all
    select 'team_review_case', tabled.organisation_id, tabled.trajectory_id, review.held_date
    from staged.team_review_case as tabled
    inner join fact.review as review
        on review.organisation_id = tabled.organisation_id
        and review.review_id = tabled.review_id
    union all
    select 'team_review', organisation_id, team_id, held_date
    from fact.review
)
select distinct
    happened.event,
    happened.organisation_id,
    happened.subject_id,
    happened.event_date
from happened
inner join used
    on used.organisation_id = happened.organisation_id
    and used.event = happened.event
inner join staged.organisation as organisation
    on organisation.organisation_id = happened.organisation_id
    and happened.event_date <= organisation.known_until
