-- grain: one count that a figure had in an earlier release, one of them (is_last) as it stands
create or replace table protected.registered_count (
    system varchar,
    cell_key varchar,
    block varchar,
    cell_value bigint,
    is_last boolean,
    is_shown boolean,
    is_closed boolean
);
