-- formulas that several tables of this room share; a test holds them to pipelines.statistics

-- grain: met units, units -> middle of the Wilson interval, no continuity correction
create or replace temp macro find_wilson_centre(met, units) as
    (met / cast(units as double) + 1.959963984540054 * 1.959963984540054 / (2 * units))
    / (1 + 1.959963984540054 * 1.959963984540054 / units);

-- grain: met units, units -> half the width of the Wilson interval
create or replace temp macro find_wilson_half(met, units) as
    1.959963984540054
    * sqrt(
        met / cast(units as double) * (1 - met / cast(units as double)) / units
        + 1.959963984540054 * 1.959963984540054 / (4 * cast(units as double) * units)
    )
    / (1 + 1.959963984540054 * 1.959963984540054 / units);

-- grain: more than 200 degrees of freedom -> 97.5 % point of Student's t (Cornish-Fisher,
-- Abramowitz and Stegun 26.7.5, with its constants worked out)
create or replace temp macro expand_t_point(degrees) as
    1.959963984540054
    + 2.372271230298562 / degrees
    + 2.8224986157396112 / power(degrees, 2)
    + 2.555849679507722 / power(degrees, 3)
    + 1.5895340533938225 / power(degrees, 4);

-- grain: exact sums of whole hundredths -> sample standard deviation
create or replace temp macro find_sd(units, total, squares) as
    case
        when units > 1 then sqrt(
            cast(units * squares - total * total as double)
            / cast(units * (units - 1) as double)
        ) / 100
    end;

-- grain: stage of the flow, statuses at T0, T1 and T2 -> reached, or why not; empty: never came
create or replace temp macro find_fate(stage, t0_status, t1_status, t2_status) as
    case stage
        when 'started' then 'reached'
        when 't0_due' then case
            when t0_status in ('before_first_record', 'not_yet_due') then t0_status
            else 'reached'
        end
        when 't0' then case
            when t0_status = 'measured' then 'reached'
            when t0_status in ('ended', 'missed') then t0_status
        end
        when 't1_due' then case
            when t1_status = 'not_yet_due' then t1_status
            when t1_status is not null then 'reached'
        end
        when 't1' then case
            when t1_status = 'measured' then 'reached'
            when t1_status in ('ended', 'missed') then t1_status
        end
        when 't2_due' then case
            when t2_status = 'not_yet_due' then t2_status
            when t2_status is not null then 'reached'
        end
        when 't2' then case
            when t2_status = 'measured' then 'reached'
            when t2_status in ('ended', 'missed') then t2_status
        end
    end;
