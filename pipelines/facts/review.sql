-- grain: one team review that was held by the organisation's known_until
create or replace table fact.review as
select
    review.organisation_id,
    review.review_id,
    review.team_id,
    review.held_date,
    review.expected_count,
    review.present_count
from staged.team_review as review
inner join staged.organisation as organisation
    on organisation.organisation_id = review.organisation_id
where review.status = 'held'
    and review.held_date <= organisation.known_until
