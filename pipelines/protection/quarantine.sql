-- grain: one row per delivery, record kind, column and reason
-- Counts only: a row number leads to a person's row in the export.
create or replace table protected.quarantine as
with file_name as (
    select
        organisation_id,
        delivery,
        min(file) as file
    from results.delivery_report
    group by organisation_id, delivery
)
select
    q.organisation_id,
    f.file,
    q.delivery,
    q.record_kind,
    q."column",
    q.reason,
    count(*) as rows_quarantined
from results.quarantine as q
left join file_name as f
    on q.organisation_id = f.organisation_id
    and q.delivery = f.delivery
group by q.organisation_id, f.file, q.delivery, q.record_kind, q."column", q.reason;
