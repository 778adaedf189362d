-- grain: reason of a quarantined row
create or replace table results.quarantine as
select
    organisation_id,
    delivery,
    record_kind,
    row_number,
    column_name as "column",
    reason
from quality.quarantine
order by organisation_id, delivery, record_kind, row_number, column_name, reason;
