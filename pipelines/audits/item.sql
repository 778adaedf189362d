-- grain: audit x item: the listed items, and the rated ones where the catalogue has no list
create or replace table audit.item as
with rated as (
    select distinct
        organisation_id,
        audit_id,
        item_id
    from staged.audit_rating
),
expected as (
    select
        audit.organisation_id,
        audit.audit_id,
        item.item_id,
        item.subscale,
        item.topic,
        true as is_listed
    from audit.audit as audit
    inner join catalogue.audit_item as item
        on item.organisation_id = audit.organisation_id
        and item.instrument = audit.instrument
    union all
    select
        audit.organisation_id,
        audit.audit_id,
        rated.item_id,
        cast(null as varchar) as subscale,
        cast(null as varchar) as topic,
        false as is_listed
    from audit.audit as audit
    inner join rated
        on rated.organisation_id = audit.organisation_id
        and rated.audit_id = audit.audit_id
    where not audit.is_listed
),
agreed as (
    select
        organisation_id,
        audit_id,
        item_id,
        max(score) as score,
        max(case when null_reason = 'not_applicable' then 1 else 0 end) as not_applicable_flag
    from staged.audit_rating
    where is_consensus
    group by
        organisation_id,
        audit_id,
        item_id
),
averaged as (
    select
        organisation_id,
        audit_id,
        item_id,
        sum(rating_parts) as rating_sum,
        count(rating_parts) as rating_count,
        min(case when is_not_applicable then 1 else 0 end) as not_applicable_flag
    from audit.assessor_rating
    group by
        organisation_id,
        audit_id,
        item_id
)
select
    expected.organisation_id,
    expected.audit_id,
    expected.item_id,
    expected.subscale,
    expected.topic,
    expected.is_listed,
    agreed.item_id is not null as is_consensus,
    case
        -- what was agreed has the last word, also when no score was agreed
        when agreed.item_id is not null
            then cast(agreed.score as decimal(38, 0)) * 13967553600
        when averaged.rating_count > 0
            then cast(
                round(cast(averaged.rating_sum as double) / averaged.rating_count)
                as decimal(38, 0)
            )
    end as score_parts,
    case
        when agreed.score is not null then 'shown'
        when agreed.item_id is not null and agreed.not_applicable_flag = 1 then 'not_applicable'
        when agreed.item_id is not null then 'no_data'
        when averaged.rating_count > 0 then 'shown'
        when averaged.not_applicable_flag = 1 then 'not_applicable'
        else 'no_data'
    end as status
from expected
left join agreed
    on agreed.organisation_id = expected.organisation_id
    and agreed.audit_id = expected.audit_id
    and agreed.item_id = expected.item_id
left join averaged
    on averaged.organisation_id = expected.organisation_id
    and averaged.audit_id = expected.audit_id
    and averaged.item_id = expected.item_id
