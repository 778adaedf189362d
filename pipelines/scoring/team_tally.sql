-- grain: indicator x team x period with a unit: the sums a value is made of
-- Values of single units are added as whole 1e-11ths: exact sums, the same in any order.
create or replace table score.team_tally as
select
    unit.indicator_key,
    unit.organisation_id,
    unit.team_id,
    unit.period,
    sum(unit.row_count) as row_count,
    sum(case when unit.exclusion_reason is null then unit.unit_weight else 0 end)
        as counted_weight,
    sum(case when unit.exclusion_reason = 'not_recorded' then unit.unit_weight else 0 end)
        as not_recorded_weight,
    sum(case when unit.exclusion_reason is not null then unit.row_count else 0 end)
        as excluded_count,
    -- units about which the organisation could have shown something
    sum(
        case
            when unit.exclusion_reason in ('kind_not_delivered', 'before_first_record') then 0
            else 1
        end
    ) as shown_count,
    sum(case when unit.is_met then 1 else 0 end) as met_count,
    sum(coalesce(unit.numerator, 0)) as numerator,
    sum(coalesce(unit.denominator, 0)) as denominator,
    max(unit.numerator_parts) as numerator_parts,
    max(unit.denominator_parts) as denominator_parts,
    sum(case when unit.denominator > 0 then 1 else 0 end) as value_count,
    sum(unit.value_parts) as value_sum,
    sum(unit.value_parts * unit.value_parts) as value_square_sum
from (
    select
        unit.*,
        cast(
            case
                when indicator.interval_method = 't' and unit.denominator > 0 then
                    round(
                        100000000000.0
                        * cast(unit.numerator as double)
                        / cast(unit.numerator_parts as double)
                        / cast(unit.denominator as double)
                    )
                else 0
            end as decimal(38, 0)
        ) as value_parts
    from score.unit as unit
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = unit.organisation_id
        and indicator.indicator_key = unit.indicator_key
) as unit
group by
    unit.indicator_key,
    unit.organisation_id,
    unit.team_id,
    unit.period
