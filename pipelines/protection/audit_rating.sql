-- grain: one rating of an audit that may be shown; an assessor is a number within one audit
-- The number says which ratings are of one hand; it means somebody else in the next audit. Who
-- entered a consensus is not an assessor by that and gets none.
create or replace table protected.audit_rating as
with assessor as (
    select
        organisation_id,
        audit_id,
        assessor_id,
        row_number() over (
            partition by organisation_id, audit_id
            order by assessor_id
        ) as assessor_number
    from (
        select distinct
            organisation_id,
            audit_id,
            assessor_id
        from results.audit_rating
        where not is_consensus
    )
)
select
    r.organisation_id,
    r.team_id,
    r.audit_id,
    r.item_id,
    case when not r.is_consensus then a.assessor_number end as assessor_number,
    r.evidence_source,
    r.is_consensus,
    r.score,
    r.null_reason
from results.audit_rating as r
inner join protected.audit_disclosure as d
    on d.organisation_id = r.organisation_id
    and d.audit_id = r.audit_id
left join assessor as a
    on a.organisation_id = r.organisation_id
    and a.audit_id = r.audit_id
    and a.assessor_id = r.assessor_id
where r.is_known_item
    and not d.is_suppressed;
