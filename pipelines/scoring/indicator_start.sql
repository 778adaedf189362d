-- grain: indicator x organisation: the first row of the deciding kind (empty: never delivered)
create or replace table score.indicator_start as
select
    indicator.indicator_key,
    organisation.organisation_id,
    first_record.first_date
from catalogue.indicator as indicator
inner join staged.organisation as organisation
    on organisation.organisation_id = indicator.organisation_id
left join fact.first_record as first_record
    on first_record.organisation_id = organisation.organisation_id
    and first_record.record_kind = indicator.deciding_kind
    and first_record.subject = indicator.deciding_subject
