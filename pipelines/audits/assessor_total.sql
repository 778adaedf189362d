-- grain: audit x assessor who rated four fifths of what applied: the mean of his own ratings
create or replace table audit.assessor_total as
with applicable as (
    select
        organisation_id,
        audit_id,
        item_id
    from audit.item
    where is_listed
        and status <> 'not_applicable'
),
rated as (
    select
        rating.organisation_id,
        rating.audit_id,
        rating.assessor_id,
        count(rating.rating_parts) as rated_count,
        sum(rating.rating_parts) as rating_sum
    from audit.assessor_rating as rating
    inner join applicable
        on applicable.organisation_id = rating.organisation_id
        and applicable.audit_id = rating.audit_id
        and applicable.item_id = rating.item_id
    group by
        rating.organisation_id,
        rating.audit_id,
        rating.assessor_id
),
listed as (
    select
        organisation_id,
        audit_id,
        count(*) as applicable_count
    from applicable
    group by
        organisation_id,
        audit_id
)
select
    rated.organisation_id,
    rated.audit_id,
    rated.assessor_id,
    cast(rated.rating_sum as double) / (rated.rated_count * 13967553600.0) as mean_rating
from rated
inner join listed
    on listed.organisation_id = rated.organisation_id
    and listed.audit_id = rated.audit_id
where 5 * rated.rated_count >= 4 * listed.applicable_count
