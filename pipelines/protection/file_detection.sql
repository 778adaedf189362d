-- grain: one row per accepted file and thing detected in it
create or replace table protected.file_detection as
select
    organisation_id,
    file,
    detected,
    value,
    column_name,
    row_count
from quality.file_detection;
