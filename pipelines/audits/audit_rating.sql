-- grain: rating of an audit as delivered: nothing of what the assessors said is averaged away
create or replace table results.audit_rating as
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    audit.audit_date,
    audit.instrument,
    rating.item_id,
    rating.assessor_id,
    rating.evidence_source,
    rating.is_consensus,
    rating.score,
    rating.null_reason,
    item.item_id is not null as is_known_item
from staged.audit_rating as rating
inner join audit.audit as audit
    on audit.organisation_id = rating.organisation_id
    and audit.audit_id = rating.audit_id
left join audit.item as item
    on item.organisation_id = rating.organisation_id
    and item.audit_id = rating.audit_id
    and item.item_id = rating.item_id
order by
    rating.organisation_id,
    rating.audit_id,
    rating.item_id,
    rating.assessor_id,
    rating.evidence_source,
    rating.is_consensus
