-- grain: column of one table, its shape; the temp table cell has its distinct texts with row counts
with texts as (
    select
        position,
        text,
        row_count,
        read_text(text) as known
    from cell
),
readings as (
    select
        *,
        read_date(text) as day,
        read_number(known, $mark) as number,
        regexp_full_match(text, '\d{4}-\d{1,2}-\d{1,2}([ T].*)?') as is_iso,
        regexp_full_match(text, '\d{2}[-/.]\d{2}[-/.]\d{4}( .*)?') as is_day_first,
        regexp_full_match(text, '\d{1,2}[-/.]\d{1,2}[-/.]\d{4}( .*)?')
            and not regexp_full_match(text, '\d{2}[-/.]\d{2}[-/.]\d{4}( .*)?') as is_short_day_first,
        regexp_full_match(text, '\d{5}([.,]\d+)?') as is_serial,
        regexp_full_match(lower(text), '.*\d{1,2}[- ][a-z]+\.?[- ]\d{4}.*') as is_month_name,
        regexp_full_match(text, '(19|20)\d{6}') as is_compact
    from texts
)
select
    position,
    coalesce(sum(row_count), 0) as filled,
    count(*) as distinct_count,
    coalesce(sum(row_count) filter (where known is not null), 0) as known,
    -- the numbers 0 and 1 are spreadsheet dates too; nobody writes a date that short
    coalesce(
        sum(row_count) filter (
            where length(text) >= 5 and (day is not null or is_empty_date(read_day(without_time(known))))
        ),
        0
    ) as dates,
    coalesce(sum(row_count) filter (where number is not null), 0) as numbers,
    coalesce(sum(row_count) filter (where read_integer(number) is not null), 0) as integers,
    coalesce(sum(row_count) filter (where read_bool(known) is not null), 0) as yes_no,
    min(try_cast(number as double)) as lowest,
    max(try_cast(number as double)) as highest,
    coalesce(sum(row_count) filter (where regexp_full_match(known, '[+-]?\d*,\d+')), 0) as commas,
    coalesce(sum(row_count) filter (where regexp_full_match(known, '[+-]?\d+\.\d+')), 0) as points,
    coalesce(sum(row_count) filter (where regexp_full_match(known, '[+-]?[1-9]\d{0,2}\.\d{3}(,\d+)?')), 0)
        as thousands,
    coalesce(sum(row_count) filter (where is_iso), 0) as iso,
    coalesce(sum(row_count) filter (where is_day_first), 0) as day_first,
    coalesce(sum(row_count) filter (where is_short_day_first), 0) as short_day_first,
    coalesce(sum(row_count) filter (where is_serial), 0) as serial,
    coalesce(sum(row_count) filter (where is_month_name and day is not null), 0) as month_name,
    coalesce(sum(row_count) filter (where is_compact), 0) as compact,
    coalesce(sum(row_count) filter (where regexp_matches(text, '\d:\d\d')), 0) as with_time,
    coalesce(sum(row_count) filter (where regexp_matches(text, $email)), 0) as emails,
    coalesce(sum(row_count) filter (where regexp_full_match(text, '[1-9]\d{3} ?[A-Z]{2}')), 0) as postcodes,
    coalesce(
        sum(row_count) filter (
            where regexp_full_match(text, '(\+31|0031|0)[ -]?\(?[0-9]\)?([ -]?[0-9]){7,8}')
        ),
        0
    ) as phones,
    coalesce(
        sum(row_count) filter (
            where regexp_full_match(text, '[A-ZÀ-Þ][^0-9@;:]*[ ,][^0-9@;:]*[A-ZÀ-Þ][^0-9@;:]*') and length(text) < 60
        ),
        0
    ) as two_capitals,
    coalesce(sum(row_count) filter (where contains(trim(text), ' ')), 0) as spaced,
    coalesce(sum(row_count) filter (where regexp_matches(text, '\d')), 0) as with_digit,
    coalesce(median(length(text)), 0) as median_length,
    coalesce(max(length(text)), 0) as longest,
    coalesce(max(length(text)) filter (where starts_with(text, '0') and regexp_full_match(text, '\d+')), 0)
        as zero_led_length
from readings
group by position
order by position;
