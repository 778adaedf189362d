-- grain: audit x item with a topic x period that holds the audit date x indicator of the topic
create or replace table results.triangulation_indicator as
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    item.item_id,
    item.topic,
    period.period,
    topic.indicator_id,
    result.value,
    result.score,
    result.status,
    cast(result.counted_weight as bigint) as units_counted,
    -- anchored, and the records of this team could say something about it
    applicable.indicator_id is not null as is_applicable,
    result.status = 'too_few'
    or (
        result.status = 'scored'
        and result.counted_weight < 2 * indicator.minimum_units
    ) as has_few_units,
    result.status in ('too_incomplete', 'no_data') as has_missing_records,
    result.score_key
from audit.audit as audit
inner join audit.item as item
    on item.organisation_id = audit.organisation_id
    and item.audit_id = audit.audit_id
inner join fact.period as period
    on period.organisation_id = audit.organisation_id
    and period.first_day <= audit.audit_date
    and period.last_day >= audit.audit_date
inner join catalogue.indicator_topic as topic
    on topic.organisation_id = audit.organisation_id
    and topic.topic = item.topic
inner join catalogue.indicator as indicator
    on indicator.organisation_id = topic.organisation_id
    and indicator.indicator_id = topic.indicator_id
    and indicator.is_leading
inner join score.result as result
    on result.level = 'team'
    and result.organisation_id = audit.organisation_id
    and result.team_id = audit.team_id
    and result.period = period.period
    and result.indicator_id = topic.indicator_id
    and result.is_leading
left join score.applicable as applicable
    on applicable.level = 'team'
    and applicable.organisation_id = audit.organisation_id
    and applicable.team_id = audit.team_id
    and applicable.period = period.period
    and applicable.indicator_id = topic.indicator_id
order by
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    item.item_id,
    period.period,
    topic.indicator_id
