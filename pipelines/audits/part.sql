-- grain: audit x subscale or total, as exact fractions of the mean of its items
create or replace table audit.part as
with expected as (
    select
        audit.organisation_id,
        audit.audit_id,
        audit.lowest_rating,
        audit.highest_rating,
        coalesce(part.part, 'total') as part,
        coalesce(part.part_kind, 'total') as part_kind
    from audit.audit as audit
    left join catalogue.audit_part as part
        on part.organisation_id = audit.organisation_id
        and part.instrument = audit.instrument
),
counted as (
    select
        expected.organisation_id,
        expected.audit_id,
        expected.part,
        expected.part_kind,
        expected.lowest_rating,
        expected.highest_rating,
        count(item.item_id) as applicable_count,
        count(item.score_parts) as scored_count,
        coalesce(sum(item.score_parts), 0) as score_sum
    from expected
    left join audit.item as item
        on item.organisation_id = expected.organisation_id
        and item.audit_id = expected.audit_id
        and item.is_listed
        and item.status <> 'not_applicable'
        and (expected.part_kind = 'total' or item.subscale = expected.part)
    group by
        expected.organisation_id,
        expected.audit_id,
        expected.part,
        expected.part_kind,
        expected.lowest_rating,
        expected.highest_rating
),
own_status as (
    select
        counted.*,
        score_sum + cast(applicable_count - scored_count as decimal(18, 0)) * lowest_rating
        * 13967553600 as lowest_sum,
        score_sum + cast(applicable_count - scored_count as decimal(18, 0)) * highest_rating
        * 13967553600 as highest_sum,
        case
            when applicable_count = 0 then 'no_data'
            when 5 * scored_count < 4 * applicable_count then 'too_incomplete'
            when applicable_count = 1 then 'single_indicator'
            else 'shown'
        end as status
    from counted
),
hole as (
    select distinct
        organisation_id,
        audit_id
    from own_status
    where part_kind = 'subscale'
        and applicable_count >= 2
        and status <> 'shown'
)
select
    own_status.organisation_id,
    own_status.audit_id,
    own_status.part,
    own_status.part_kind,
    own_status.applicable_count,
    own_status.scored_count,
    own_status.score_sum,
    own_status.lowest_sum,
    own_status.highest_sum,
    -- the total stands on its subscales
    case
        when own_status.part_kind = 'total'
            and own_status.status in ('shown', 'single_indicator')
            and hole.audit_id is not null
            then 'too_incomplete'
        else own_status.status
    end as status
from own_status
left join hole
    on hole.organisation_id = own_status.organisation_id
    and hole.audit_id = own_status.audit_id
