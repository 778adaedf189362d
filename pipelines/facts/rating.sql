-- grain: one rating of a document of a trajectory of the method
create or replace table fact.rating as
with document as (
    select
        'strengths_assessment' as subject,
        organisation_id,
        assessment_id as document_id,
        trajectory_id,
        assessment_date as document_date
    from staged.strengths_assessment
    union all
    select
        'action_plan' as subject,
        organisation_id,
        plan_id as document_id,
        trajectory_id,
        plan_date as document_date
    from staged.action_plan
)
select
    rating.subject,
    rating.organisation_id,
    trajectory.team_id,
    document.trajectory_id,
    document.document_id,
    rating.rated_date,
    rating.rater_role = 'self' as is_self,
    rating.score
from staged.quality_rating as rating
inner join document
    on document.subject = rating.subject
    and document.organisation_id = rating.organisation_id
    and document.document_id = rating.subject_id
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = document.organisation_id
    and trajectory.trajectory_id = document.trajectory_id
    and trajectory.is_method
    and rating.rated_date <= trajectory.known_until
    and document.document_date <= trajectory.known_until
