-- grain: delivery x record kind; a refused or waiting file has one row without a record kind
create or replace table results.delivery_report as
select
    organisation_id,
    file,
    delivery,
    record_kind,
    file_date,
    rows_read,
    staged,
    superseded,
    quarantined,
    not_a_record,
    vanished,
    refused_reason,
    forgotten,
    waiting_reason
from quality.delivery_report
order by organisation_id, file, delivery, record_kind;
