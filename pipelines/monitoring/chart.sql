-- grain: series: which chart suits, and what its limits rest on (the first 20 settled points; never
-- based anew by itself). Formulas as in pipelines.statistics.monitoring and p_chart.
create or replace table monitoring.chart as
with known as (
    select
        series_key,
        organisation_id,
        place,
        numerator,
        denominator,
        is_share,
        is_stock,
        settled_parts,
        row_number() over (partition by series_key order by place) as known_place,
        count(*) over (partition by series_key) as points_count,
        lag(settled_parts) over (partition by series_key order by place) as parts_before,
        lag(place) over (partition by series_key order by place) as place_before
    from monitoring.series_point
    where settled_parts is not null
),
baseline as (
    select
        *,
        -- a gap is not bridged
        case when place_before = place - 1 then abs(settled_parts - parts_before) end as moving_range
    from known
    where known_place <= 20
),
summed as (
    select
        series_key,
        any_value(organisation_id) as organisation_id,
        any_value(is_share) as is_share,
        any_value(is_stock) as is_stock,
        any_value(points_count) as points_count,
        count(*) as baseline_count,
        max(place) as baseline_end,
        cast(sum(settled_parts) as double) / count(*) as mean_parts,
        cast(sum(moving_range) as double) / count(moving_range) as mean_range,
        cast(sum(numerator) as bigint) as met_count,
        cast(sum(denominator) as bigint) as unit_count,
        min(denominator) as smallest_count
    from baseline
    group by
        series_key
),
spread as (
    select
        baseline.series_key,
        -- screened: ranges of 3.267 times their mean or more are left out, once
        cast(sum(baseline.moving_range) filter (
            where summed.mean_range = 0 or baseline.moving_range < 3.267 * summed.mean_range
        ) as double)
        / count(baseline.moving_range) filter (
            where summed.mean_range = 0 or baseline.moving_range < 3.267 * summed.mean_range
        ) as screened_range,
        sum(
            power(
                baseline.numerator
                - baseline.denominator * (summed.met_count / cast(summed.unit_count as double)),
                2
            )
            / nullif(
                baseline.denominator * (summed.met_count / cast(summed.unit_count as double))
                * (1 - summed.met_count / cast(summed.unit_count as double)),
                0
            )
            order by baseline.place
        ) as chi_square
    from baseline
    inner join summed
        on summed.series_key = baseline.series_key
    group by
        baseline.series_key
),
judged as (
    select
        summed.*,
        spread.screened_range,
        case
            when summed.points_count < 12 then 'too_few_points'
            when not summed.is_share then 'not_a_share'
            when summed.is_stock then 'same_units_again'
            when summed.met_count in (0, summed.unit_count) then 'no_variation'
            when summed.smallest_count
                * (least(summed.met_count, summed.unit_count - summed.met_count)
                    / cast(summed.unit_count as double)) < 5 then 'small_counts'
            when spread.chi_square > chance.chi_square_high then 'more_spread_than_chance'
            when spread.chi_square < chance.chi_square_low then 'less_spread_than_chance'
            else 'suits'
        end as chart_reason,
        least(summed.points_count, 60) as chance_points
    from summed
    inner join spread
        on spread.series_key = summed.series_key
    left join monitoring.chance as chance
        on chance.points_count = summed.baseline_count
),
chosen as (
    select
        *,
        case
            when chart_reason = 'suits' then 'p'
            when chart_reason = 'too_few_points' or screened_range is null then 'run'
            else 'xmr'
        end as chart_kind
    from judged
)
select
    chosen.series_key,
    chosen.organisation_id,
    chosen.chart_kind,
    case
        when chosen.chart_kind = 'run' and chosen.chart_reason <> 'too_few_points'
            then 'no_neighbouring_points'
        else chosen.chart_reason
    end as chart_reason,
    chosen.points_count,
    case when chosen.chart_kind <> 'run' then chosen.baseline_count end as baseline_count,
    case when chosen.chart_kind <> 'run' then chosen.baseline_end end as baseline_end,
    case chosen.chart_kind
        when 'xmr' then chosen.mean_parts
        when 'p' then chosen.met_count / cast(chosen.unit_count as double) * 1e9
    end as centre_parts,
    case when chosen.chart_kind = 'xmr' then 2.66 * chosen.screened_range end as half_width_parts,
    case chosen.chart_kind
        when 'xmr' then chance.xmr_flag_share
        when 'p' then chance.p_flag_share
    end as false_flag_share
from chosen
left join monitoring.chance as chance
    on chance.points_count = chosen.chance_points
