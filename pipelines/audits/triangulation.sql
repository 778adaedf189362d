-- grain: audit x item with a topic x period that holds the audit date (empty: records begin later)
create or replace table results.triangulation as
with topic_kind as (
    select
        topic.organisation_id,
        topic.topic,
        count(part.indicator_id) as anchored_count
    from catalogue.indicator_topic as topic
    left join catalogue.profile_part as part
        on part.organisation_id = topic.organisation_id
        and part.indicator_id = topic.indicator_id
        and part.part = 'total'
    group by
        topic.organisation_id,
        topic.topic
),
recorded as (
    select
        indicator.organisation_id,
        indicator.audit_id,
        indicator.item_id,
        indicator.period,
        sum(case when indicator.is_applicable then 1 else 0 end) as applicable_count,
        count(case when indicator.is_applicable then indicator.score end) as scored_count,
        avg(case when indicator.is_applicable then indicator.score end) as mean_score,
        max(
            case
                when part.indicator_id is not null and indicator.has_few_units then 1
                else 0
            end
        ) as few_flag,
        max(
            case
                when part.indicator_id is not null and indicator.has_missing_records then 1
                else 0
            end
        ) as missing_flag
    from results.triangulation_indicator as indicator
    left join catalogue.profile_part as part
        on part.organisation_id = indicator.organisation_id
        and part.indicator_id = indicator.indicator_id
        and part.part = 'total'
    group by
        indicator.organisation_id,
        indicator.audit_id,
        indicator.item_id,
        indicator.period
),
beside as (
    select
        audit.organisation_id,
        audit.team_id,
        audit.audit_id,
        audit.audit_date,
        audit.round,
        audit.instrument,
        item.item_id,
        item.topic,
        period.period,
        cast(item.score_parts as double) / 13967553600.0 as audit_score,
        item.status as audit_status,
        recorded.mean_score,
        coalesce(recorded.scored_count, 0) as scored_count,
        coalesce(recorded.applicable_count, 0) as applicable_count,
        case
            when topic_kind.topic is null then 'no_indicator'
            when recorded.period is null then 'no_row'
            when topic_kind.anchored_count = 0 then 'no_norm'
            when recorded.applicable_count = 0 then 'no_data'
            when 5 * recorded.scored_count < 4 * recorded.applicable_count then 'too_incomplete'
            when recorded.applicable_count = 1 then 'single_indicator'
            else 'shown'
        end as record_status,
        coalesce(recorded.few_flag, 0) = 1 as has_few_units,
        coalesce(recorded.missing_flag, 0) = 1 as has_missing_records,
        -- most of the days that the records tell about came after the assessors had left
        coalesce(
            period.until_day - audit.audit_date > audit.audit_date - period.first_day,
            false
        ) as is_other_period
    from audit.audit as audit
    inner join audit.item as item
        on item.organisation_id = audit.organisation_id
        and item.audit_id = audit.audit_id
        and item.topic is not null
    left join fact.period as period
        on period.organisation_id = audit.organisation_id
        and period.first_day <= audit.audit_date
        and period.last_day >= audit.audit_date
    left join topic_kind
        on topic_kind.organisation_id = audit.organisation_id
        and topic_kind.topic = item.topic
    left join recorded
        on recorded.organisation_id = audit.organisation_id
        and recorded.audit_id = audit.audit_id
        and recorded.item_id = item.item_id
        and recorded.period = period.period
),
compared as (
    select
        beside.*,
        case when record_status in ('shown', 'single_indicator') then mean_score end
            as record_score,
        case
            when record_status in ('shown', 'single_indicator') then mean_score - audit_score
        end as difference
    from beside
)
select
    organisation_id,
    team_id,
    audit_id,
    audit_date,
    round,
    instrument,
    item_id,
    topic,
    period,
    record_score,
    cast(scored_count as integer) as indicators_scored,
    cast(applicable_count as integer) as indicators_applicable,
    record_status,
    audit_score,
    audit_status,
    difference,
    case
        when difference is null then null
        when abs(difference) < 0.000000001 then 'equal'
        when difference > 0 then 'records_higher'
        else 'assessors_higher'
    end as direction,
    case
        when difference is null then null
        when abs(difference) < 0.000000001 then 'none'
        when abs(difference) < 0.999999999 then 'below_one'
        else 'one_or_more'
    end as size,
    has_few_units,
    has_missing_records,
    is_other_period
from compared
order by
    organisation_id,
    team_id,
    audit_date,
    audit_id,
    item_id,
    period
