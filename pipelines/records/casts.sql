-- macros: one delivered text in, one value or NULL out; a text that cannot be read gives NULL
-- What is empty, what a date may look like and how numbers are written in Dutch exports.
-- Lists are searched with list_contains: a long `in (...)` becomes a join of its own each time.

-- grain: text -> text without the markers that only say "nothing here"
create or replace temp macro read_text(cell) as
    case
        when regexp_full_match(
            cell,
            '(?i)\s*(|-|--|\.|\?|n\.v\.t\.?|nvt|niet van toepassing|onbekend|niet bekend|unknown'
            || '|n/a|#n/a|#n/b|null|leeg)\s*'
        ) then null
        else trim(cell)
    end;

-- grain: text -> text without its time of day (24:00 still belongs to the day it ends)
create or replace temp macro without_time(cell) as
    case
        when contains(cell, ':') then regexp_replace(
            cell,
            '[ T]+(om )?\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?(Z|uur|[+-]\d{2}:?\d{2}))?$',
            ''
        )
        else cell
    end;

-- grain: three texts -> date; NULL when the calendar does not have that day
create or replace temp macro make_day(year_text, month_number, day_text) as
    try(make_date(try_cast(year_text as integer), month_number, try_cast(day_text as integer)));

-- grain: text -> month 1-12 of a Dutch month name, whole or shortened
create or replace temp macro read_month(name) as
    case
        when name in ('jan', 'januari') then 1
        when name in ('feb', 'febr', 'februari') then 2
        when name in ('mrt', 'maart') then 3
        when name in ('apr', 'april') then 4
        when name = 'mei' then 5
        when name in ('jun', 'juni') then 6
        when name in ('jul', 'juli') then 7
        when name in ('aug', 'augustus') then 8
        when name in ('sep', 'sept', 'september') then 9
        when name in ('okt', 'oktober') then 10
        when name in ('nov', 'november') then 11
        when name in ('dec', 'december') then 12
    end;

-- grain: text -> date of a spreadsheet serial number (day 1 is 1900-01-01, 60 does not exist)
create or replace temp macro read_serial(cell) as
    case
        when cell in ('0', '1') then date '1900-01-01'
        when regexp_full_match(cell, '\d{5}([.,]\d+)?') or cell = '2958465'
            then date '1899-12-30' + cast(regexp_extract(cell, '^\d+') as integer)
    end;

-- grain: text without time -> date; the commonest forms first, because most rows take them
create or replace temp macro read_day(cell) as
    case
        when regexp_full_match(cell, '\d{4}-\d{2}-\d{2}') then try_cast(cell as date)
        when regexp_full_match(cell, '\d{2}-\d{2}-\d{4}') then try_cast(
            cell[7:10] || '-' || cell[4:5] || '-' || cell[1:2] as date
        )
        when regexp_full_match(cell, '\d{1,2}[-/.]\d{1,2}[-/.]\d{4}') then make_day(
            regexp_extract(cell, '\d{4}$'),
            try_cast(regexp_extract(cell, '^\d+[-/.](\d+)', 1) as integer),
            regexp_extract(cell, '^\d+')
        )
        when regexp_full_match(cell, '\d{4}[-/.]\d{1,2}[-/.]\d{1,2}') then make_day(
            regexp_extract(cell, '^\d{4}'),
            try_cast(regexp_extract(cell, '^\d{4}[-/.](\d+)', 1) as integer),
            regexp_extract(cell, '\d+$')
        )
        when regexp_full_match(lower(cell), '([a-z]+,? )?\d{1,2}[- ][a-z]+\.?[- ]\d{4}') then make_day(
            regexp_extract(cell, '\d{4}$'),
            read_month(regexp_extract(lower(cell), '\d{1,2}[- ]([a-z]+)', 1)),
            regexp_extract(cell, '\d{1,2}')
        )
        when regexp_full_match(cell, '\d{8}') then make_day(
            cell[1:4], try_cast(cell[5:6] as integer), cell[7:8]
        )
        else read_serial(cell)
    end;

-- grain: date -> date, without the days by which systems mean "empty" (1900-01-01) and "open"
-- (9999-12-31), and without days that no record of ours can have
create or replace temp macro known_date(day) as
    case when day > date '1900-01-01' and day < date '2200-01-01' then day end;

-- grain: date -> whether it stands for "empty" or "open"
create or replace temp macro is_empty_date(day) as
    day in (date '1900-01-01', date '9999-12-31');

-- grain: text -> known date in one go; the list makes DuckDB clean the text only once
create or replace temp macro read_date(cell) as
    known_date(
        list_transform([without_time(read_text(cell))], lambda cleaned: read_day(cleaned))[1]
    );

-- grain: text -> the same number as digits with a point; mark is the decimal mark of the source,
-- which only decides about a number such as 1.250
create or replace temp macro read_number(cell, mark) as
    case
        when regexp_full_match(cell, '-?\d+') then cell
        when regexp_full_match(cell, '\+\d+') then cell[2:]
        when regexp_full_match(cell, '[+-]?\d*,\d+') then replace(ltrim(cell, '+'), ',', '.')
        when regexp_full_match(cell, '[+-]?\d{1,3}(\.\d{3})+,\d+')
            then replace(replace(ltrim(cell, '+'), '.', ''), ',', '.')
        when regexp_full_match(cell, '[+-]?\d{1,3}(,\d{3})+\.\d+') then replace(ltrim(cell, '+'), ',', '')
        when regexp_full_match(cell, '[+-]?\d{1,3}(\.\d{3}){2,}') then replace(ltrim(cell, '+'), '.', '')
        when mark = ',' and regexp_full_match(cell, '[+-]?[1-9]\d{0,2}\.\d{3}')
            then replace(ltrim(cell, '+'), '.', '')
        when regexp_full_match(cell, '[+-]?\d*\.\d+') then ltrim(cell, '+')
    end;

-- grain: digits with a point -> whole number; NULL when it has a fraction
create or replace temp macro read_integer(digits) as
    case
        when regexp_full_match(digits, '-?\d{1,18}') then cast(digits as bigint)
        when regexp_full_match(digits, '-?\d{1,18}\.0+')
            then cast(regexp_extract(digits, '^-?\d+') as bigint)
    end;

-- grain: digits with a point -> exact DECIMAL(9,2); NULL when it does not fit without rounding
create or replace temp macro read_decimal(digits) as
    case
        when regexp_full_match(digits, '-?0*\d{0,7}(\.\d{1,2}0*)?') then cast(digits as decimal(9, 2))
    end;

-- grain: text -> yes or no
create or replace temp macro read_bool(cell) as
    case
        when list_contains(['ja', 'j', '1', 'waar', 'true', 'yes', 'y', '1.0', 'wel'], lower(cell))
            then true
        when list_contains(
            ['nee', 'n', '0', 'onwaar', 'false', 'no', '0.0', 'niet', 'geen'], lower(cell)
        ) then false
    end;

-- grain: text -> the text when it looks like a code, NULL when it may be a sentence or a number of
-- a person: such a text is never shown or kept
create or replace temp macro read_code_text(cell) as
    case
        when length(cell) <= 40 and not contains(cell, '@') and not regexp_matches(cell, '\d{5}')
            then cell
    end;
