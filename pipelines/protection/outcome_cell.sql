-- grain: one row per row of an outcome table (years) and group of clients that it tells about
-- Everything that is hidden in the outcome tables is decided here: for its own sake, or because it
-- would give away another group. They read nothing but `is_suppressed`.
create or replace table protected.outcome_cell as
select
    first.*,
    first.is_primary or hidden.cell_key is not null as is_suppressed
from protected.outcome_primary as first
left join protected.hidden_outcome as hidden
    on hidden.cell_key = first.cell_key;
