-- grain: population x organisation x year x code that leaves the list in that year
-- Two basic tasks show in contacts only: without basic tasks in its contacts an organisation
-- cannot show them, and they are not held against it.
create or replace table fact.dropped_code as
with first_task as (
    select
        organisation_id,
        min(contact_date) as first_task_date
    from staged.contact
    where basic_task is not null
    group by
        organisation_id
)
select
    'ended_trajectory' as population,
    period.organisation_id,
    period.year,
    code.code
from fact.period as period
inner join catalogue.code as code
    on code.organisation_id = period.organisation_id
    and code.code_list = 'basic_task'
    and code.code in ('BT1', 'BT5')
left join first_task
    on first_task.organisation_id = period.organisation_id
where period.period_kind = 'year'
    and (first_task.first_task_date is null or first_task.first_task_date > period.until_day)
