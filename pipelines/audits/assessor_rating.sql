-- grain: audit x item x assessor, consensus left out: what the assessor says of the item in all
-- A rating is written in parts of 60 x lcm(1..20): the mean of up to six sources, and of up to
-- twenty assessors after that, stays a whole number.
create or replace table audit.assessor_rating as
with gathered as (
    select
        organisation_id,
        audit_id,
        item_id,
        assessor_id,
        max(case when evidence_source = 'overall' then score end) as overall_score,
        sum(case when evidence_source <> 'overall' then score end) as source_sum,
        count(case when evidence_source <> 'overall' then score end) as source_count,
        min(case when score is null and null_reason = 'not_applicable' then 1 else 0 end)
            as not_applicable_flag
    from staged.audit_rating
    where not is_consensus
    group by
        organisation_id,
        audit_id,
        item_id,
        assessor_id
)
select
    audit.organisation_id,
    audit.audit_id,
    gathered.item_id,
    gathered.assessor_id,
    case
        when gathered.overall_score is not null
            then cast(gathered.overall_score as decimal(38, 0)) * 13967553600
        when gathered.source_count > 0
            then cast(
                round(
                    cast(gathered.source_sum as double) * 13967553600.0 / gathered.source_count
                )
                as decimal(38, 0)
            )
    end as rating_parts,
    gathered.not_applicable_flag = 1 as is_not_applicable
from audit.audit as audit
inner join gathered
    on gathered.organisation_id = audit.organisation_id
    and gathered.audit_id = audit.audit_id
