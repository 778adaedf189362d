-- scratch tables of the staging of one record kind; made anew for each kind, gone with the connection

-- grain: lookup (mapping and field) x known text in lower case
create or replace temp table known_text (lookup varchar, known_text varchar, code varchar);

-- grain: mapping x field -> header as delivered
create or replace temp table field_column (mapping varchar, field varchar, column_name varchar);

-- grain: mapping that finds the parent by columns -> the field it fills
create or replace temp table looked_up_field (mapping varchar, field varchar);

-- grain: delivery x record source: rows that its filter left out, yes/no columns with one value
create or replace temp table read_tally (
    organisation_id varchar, delivery varchar, filtered_count bigint, single_value_columns varchar[]
);

-- grain: candidate row that is not staged
create or replace temp table set_aside (row_id bigint, outcome varchar);

-- grain: fault of a candidate row that only shows among the other rows
create or replace temp table late_fault (row_id bigint, field varchar, code varchar);

-- grain: candidate row x field whose reference is emptied
create or replace temp table emptied (row_id bigint, field varchar);

-- grain: worker row that is read as ending earlier
create or replace temp table shortened (row_id bigint, end_date date);

-- grain: delivery that replaces everything of its kind and organisation
create or replace temp table complete_delivery (
    organisation_id varchar, delivery_rank integer, delivery varchar
);

-- grain: complete delivery with the number of keys that vanished by it
create or replace temp table vanished (organisation_id varchar, delivery varchar, key_count bigint);
