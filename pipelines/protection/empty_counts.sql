-- What a snapshot of the release registry is made of, before anything is known.
-- grain: one count of a figure, as it stands in the release that is made
create or replace table published_cell (
    system varchar,
    cell_key varchar,
    block varchar,
    cell_value bigint,
    told_value bigint,
    is_hidden boolean,
    is_kept boolean,
    is_closed boolean
);

-- grain: one count that a figure had in a release before
create or replace table earlier_count (
    system varchar,
    cell_key varchar,
    block varchar,
    cell_value bigint,
    is_last boolean,
    is_shown boolean,
    is_closed boolean
);
