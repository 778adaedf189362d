-- grain: reason of a quarantined row
-- For the organisation's own download: where a row stands in its own file, never what stands there.
create or replace table protected.quarantine_row as
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
    q.record_kind,
    q.row_number,
    q."column",
    q.reason
from results.quarantine as q
left join file_name as f
    on q.organisation_id = f.organisation_id
    and q.delivery = f.delivery
order by q.organisation_id, f.file, q.row_number, q.record_kind, q."column", q.reason;
