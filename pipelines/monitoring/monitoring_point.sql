-- grain: series x quarter, with the limits of ordinary variation and the named rules that flag the
-- point (NHS England, Making Data Count). A point that is provisional is drawn and never judged.
create or replace table results.monitoring_point as
with limited as (
    select
        point.*,
        chart.chart_kind,
        chart.chart_reason,
        chart.points_count,
        chart.baseline_count,
        point.settled_parts is not null and point.place <= chart.baseline_end as is_baseline,
        chart.centre_parts,
        chart.false_flag_share,
        case
            when chart.chart_kind = 'run' then null
            when point.settled_parts is not null then cast(point.settled_parts as double)
        end as judged_parts,
        case chart.chart_kind
            when 'xmr' then chart.half_width_parts
            -- three standard errors of a share of so many units
            when 'p' then 3e9 * sqrt(
                chart.centre_parts / 1e9 * (1 - chart.centre_parts / 1e9)
                / nullif(point.denominator, 0)
            )
        end as half_width
    from monitoring.series_point as point
    left join monitoring.chart as chart
        on chart.series_key = point.series_key
),
bounded as (
    select
        *,
        case when chart_kind = 'p' then greatest(0, centre_parts - half_width)
            else centre_parts - half_width end as lower,
        case when chart_kind = 'p' then least(1e9, centre_parts + half_width)
            else centre_parts + half_width end as upper,
        centre_parts - 2 * half_width / 3 as near_low,
        centre_parts + 2 * half_width / 3 as near_high,
        coalesce(sign(judged_parts - centre_parts), 0) as side,
        coalesce(
            sign(judged_parts - lag(judged_parts) over (partition by series_key order by place)),
            0
        ) as step
    from limited
),
marked as (
    select
        *,
        coalesce(judged_parts < lower or judged_parts > upper, false) as is_outside,
        coalesce(
            (judged_parts > near_high and judged_parts <= upper)
            or (judged_parts < near_low and judged_parts >= lower),
            false
        ) as is_near,
        -- a new stretch begins where the side (the step) is another one; 0 belongs to none
        cast(
            side <> coalesce(lag(side) over (partition by series_key order by place), 0) as integer
        ) as begins_side,
        cast(
            step <> coalesce(lag(step) over (partition by series_key order by place), 0) as integer
        ) as begins_step
    from bounded
),
stretched as (
    select
        *,
        sum(begins_side) over (partition by series_key order by place) as side_stretch,
        sum(begins_step) over (partition by series_key order by place) as step_stretch,
        abs(
            side
            + coalesce(lag(side, 1) over (partition by series_key order by place), 0)
            + coalesce(lag(side, 2) over (partition by series_key order by place), 0)
        ) = 3
        and cast(is_near as integer)
            + coalesce(lag(cast(is_near as integer), 1)
                over (partition by series_key order by place), 0)
            + coalesce(lag(cast(is_near as integer), 2)
                over (partition by series_key order by place), 0) >= 2 as ends_near_three
    from marked
),
counted as (
    select
        *,
        side <> 0
            and count(*) over (partition by series_key, side_stretch) >= 7 as is_shift,
        -- six steps in one direction join seven points
        step <> 0
            and count(*) over (partition by series_key, step_stretch) >= 6 as ends_trend_step
    from stretched
),
flagged as (
    select
        *,
        ends_trend_step
            or coalesce(lead(ends_trend_step) over (partition by series_key order by place), false)
            as is_trend,
        is_near and (
            ends_near_three
            or coalesce(lead(ends_near_three, 1) over (partition by series_key order by place), false)
            or coalesce(lead(ends_near_three, 2) over (partition by series_key order by place), false)
        ) as is_near_pair
    from counted
),
told as (
    select
        *,
        case when judged_parts is not null then concat_ws(
            ', ',
            case when is_outside then 'outside_limits' end,
            case when is_shift then 'seven_on_one_side' end,
            case when is_trend then 'seven_rising_or_falling' end,
            case when is_near_pair then 'two_of_three_near_limit' end
        ) end as rules
    from flagged
)
select
    level,
    organisation_id,
    team_id,
    subject,
    measure,
    indicator_version,
    instrument,
    instrument_version,
    scale,
    informant,
    moments,
    period,
    cast(place as integer) as place,
    value,
    numerator,
    denominator,
    is_provisional,
    chart_kind,
    chart_reason,
    points_count,
    baseline_count,
    is_baseline,
    centre_parts / 1e9 as centre,
    lower / 1e9 as lower_limit,
    upper / 1e9 as upper_limit,
    near_low / 1e9 as near_lower,
    near_high / 1e9 as near_upper,
    rules,
    case
        when coalesce(rules, '') = '' then null
        when is_higher_better is null or side = 0 then 'neutral'
        when (side > 0) = is_higher_better then 'improvement'
        else 'concern'
    end as reading,
    is_higher_better,
    false_flag_share,
    clients_count,
    source_key,
    series_key
from told
order by
    level,
    organisation_id,
    team_id,
    subject,
    measure,
    series_key,
    period
