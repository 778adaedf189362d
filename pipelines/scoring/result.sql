-- grain: indicator x level x organisation x team x period that has a row, also without any unit
create or replace table score.result as
with pooled as (
    select
        scope.level,
        scope.organisation_id,
        scope.team_id,
        scope.period,
        scope.settled_until,
        scope.last_day,
        indicator.indicator_key,
        indicator.indicator_id,
        indicator.indicator_version,
        indicator.shape,
        indicator.interval_method,
        indicator.anchors,
        indicator.anchors_version,
        indicator.minimum_units,
        indicator.needs_numerator,
        indicator.population,
        indicator.provenance,
        indicator.is_published,
        indicator.is_leading,
        coalesce(tally.counted_weight, 0) as counted_weight,
        coalesce(tally.not_recorded_weight, 0) as not_recorded_weight,
        coalesce(tally.excluded_count, 0) as excluded_count,
        coalesce(tally.met_count, 0) as met_count,
        coalesce(tally.numerator, 0) as numerator,
        coalesce(tally.denominator, 0) as denominator,
        coalesce(tally.numerator_parts, 1) as numerator_parts,
        coalesce(tally.denominator_parts, 1) as denominator_parts,
        coalesce(tally.value_count, 0) as value_count,
        coalesce(tally.value_sum, 0) as value_sum,
        coalesce(tally.value_square_sum, 0) as value_square_sum,
        coalesce(tally.organisations_counted, 0) as organisations_counted
    from score.scope as scope
    -- empty at level all: the shipped rules that no organisation changed
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = scope.organisation_id
    left join score.tally as tally
        on tally.indicator_key = indicator.indicator_key
        and tally.level = scope.level
        and tally.organisation_id = scope.organisation_id
        and tally.team_id = scope.team_id
        and tally.period = scope.period
),
-- A mean of ratings has a huge common denominator; where a small one will do, the doubles written
-- to the results are the nearest to the exact fraction.
valued as (
    select
        pooled.*,
        case
            when coarse.base is not null
                then round(cast(pooled.numerator as double) / cast(coarse.base_parts as double))
            when fine.base is not null
                then round(cast(pooled.numerator as double) / cast(fine.base_parts as double))
            else cast(pooled.numerator as double)
        end as plain_numerator,
        cast(coalesce(coarse.base, fine.base, pooled.numerator_parts) as double) as plain_parts
    from pooled
    left join fact.mean_base as coarse
        on pooled.shape = 'rated'
        and coarse.base_rank = 1
        and pooled.numerator % coarse.base_parts = 0
    left join fact.mean_base as fine
        on pooled.shape = 'rated'
        and fine.base_rank = 2
        and pooled.numerator % fine.base_parts = 0
),
judged as (
    select
        valued.*,
        case
            when 5 * counted_weight < 4 * (counted_weight + not_recorded_weight)
                then 'too_incomplete'
            when counted_weight = 0
                or denominator = 0
                or (needs_numerator and numerator = 0)
                then 'no_data'
            -- a rate needs worker-months, whatever the number of workers
            when shape = 'rate' and denominator < minimum_units * denominator_parts then 'too_few'
            when shape <> 'rate' and counted_weight < minimum_units then 'too_few'
            when anchors is null then 'no_norm'
            else 'scored'
        end as status,
        case
            when denominator > 0 then
                plain_numerator * cast(denominator_parts as double)
                / (plain_parts * cast(denominator as double))
        end as value
    from valued
),
spread as (
    select
        judged.*,
        case
            when interval_method = 'wilson' and denominator > 0
                then cast(met_count as double) / cast(counted_weight as double)
        end as share,
        cast(1.959963984540054 as double) as z,
        cast(counted_weight as double) as n,
        case
            when interval_method = 't' and value_count >= 2
                then cast(value_sum as double) / 100000000000.0 / cast(value_count as double)
        end as mean,
        case
            when interval_method = 't' and value_count >= 2 then
                sqrt(
                    cast(value_count * value_square_sum - value_sum * value_sum as double)
                    / cast(value_count as double)
                    / cast(value_count as double)
                    / cast(value_count - 1 as double)
                )
                / 100000000000.0
        end as standard_error,
        cast(value_count - 1 as double) as freedom
    from judged
),
estimated as (
    select
        spread.*,
        -- Wilson score interval without continuity correction
        (share + z * z / (2 * n)) / (1 + z * z / n) as wilson_centre,
        z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
            as wilson_half_width,
        standard_error
        * coalesce(
            student.quantile,
            -- Cornish-Fisher expansion, beyond the table
            z
            + (power(z, 3) + z) / (4 * freedom)
            + (5 * power(z, 5) + 16 * power(z, 3) + 3 * z) / (96 * power(freedom, 2))
            + (3 * power(z, 7) + 19 * power(z, 5) + 17 * power(z, 3) - 15 * z)
            / (384 * power(freedom, 3))
            + (79 * power(z, 9) + 776 * power(z, 7) + 1482 * power(z, 5))
            / (92160 * power(freedom, 4))
            - (1920 * power(z, 3) + 945 * z) / (92160 * power(freedom, 4))
        ) as t_half_width
    from spread
    left join catalogue.t_quantile as student
        on student.degrees = spread.value_count - 1
)
select
    estimated.level,
    estimated.organisation_id,
    estimated.team_id,
    estimated.period,
    estimated.indicator_key,
    estimated.indicator_id,
    estimated.indicator_version,
    estimated.shape,
    estimated.is_published,
    estimated.is_leading,
    estimated.provenance,
    estimated.counted_weight,
    estimated.excluded_count,
    estimated.met_count,
    estimated.organisations_counted,
    estimated.numerator,
    estimated.denominator,
    estimated.numerator_parts,
    estimated.denominator_parts,
    estimated.plain_numerator,
    estimated.plain_parts,
    estimated.plain_numerator / estimated.plain_parts as amount_numerator,
    cast(estimated.denominator as double) / cast(estimated.denominator_parts as double)
        as amount_denominator,
    estimated.value,
    estimated.status,
    case
        when estimated.status = 'scored' and estimated.anchors = 'rating' then estimated.value
        when estimated.status = 'scored' then cast(step.score as double)
    end as score,
    -- a Wilson limit never leaves 0 to 1, only its last digit can
    case
        when share is not null then greatest(0, wilson_centre - wilson_half_width)
        else mean - t_half_width
    end as ci_low,
    case
        when share is not null then least(1, wilson_centre + wilson_half_width)
        else mean + t_half_width
    end as ci_high,
    -- tasks may be recorded up to 31 days after the end of a trajectory
    case
        when estimated.population = 'ended_trajectory'
            then estimated.settled_until < estimated.last_day + 31
        else estimated.settled_until < estimated.last_day
    end as is_provisional,
    estimated.indicator_id
    || '|' || estimated.organisation_id
    || '|' || estimated.team_id
    || '|' || estimated.period
    || '|v' || cast(estimated.indicator_version as string) as score_key
from estimated
-- exact: numerator / denominator against whole ten-thousandths, by cross-multiplication
left join catalogue.anchor_step as step
    on step.organisation_id = estimated.organisation_id
    and step.anchors = estimated.anchors
    and step.anchors_version = estimated.anchors_version
    and estimated.denominator > 0
    and (
        step.lower_parts is null
        or estimated.numerator * estimated.denominator_parts * 10000
        > step.lower_parts * estimated.denominator * estimated.numerator_parts
        or (
            step.is_lower_inclusive
            and estimated.numerator * estimated.denominator_parts * 10000
            = step.lower_parts * estimated.denominator * estimated.numerator_parts
        )
    )
    and (
        step.upper_parts is null
        or estimated.numerator * estimated.denominator_parts * 10000
        < step.upper_parts * estimated.denominator * estimated.numerator_parts
        or (
            step.is_upper_inclusive
            and estimated.numerator * estimated.denominator_parts * 10000
            = step.upper_parts * estimated.denominator * estimated.numerator_parts
        )
    )
