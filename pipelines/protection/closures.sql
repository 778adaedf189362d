-- grain: one row per organisation or team, year of the closure, breakdown, category, measure and
-- housing; small groups of a kind that is delivered in free words share one row
create or replace table protected.closures as
with judged as (
    select
        result.*,
        cell.is_suppressed
    from results.closures as result
    inner join protected.outcome_cell as cell
        on cell.outcome_key = result.outcome_key
        and cell.result_table = 'closures'
)
select distinct
    judged.level,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    judged.breakdown,
    case
        when judged.breakdown = 'target_group' and judged.is_suppressed then 'small_groups'
        else judged.category
    end as category,
    judged.measure,
    case
        when judged.measure = 'housing_after' and judged.is_suppressed then 'small_groups'
        else judged.measure_category
    end as measure_category,
    case when not judged.is_suppressed then judged.numerator end as numerator,
    case when not judged.is_suppressed then judged.denominator end as denominator,
    case when not judged.is_suppressed then judged.value end as value,
    case when not judged.is_suppressed then judged.ci_low end as ci_low,
    case when not judged.is_suppressed then judged.ci_high end as ci_high,
    case when not judged.is_suppressed then judged.method end as method,
    case when not judged.is_suppressed then judged.not_recorded_count end as not_recorded_count,
    case when not judged.is_suppressed then judged.not_yet_due_count end as not_yet_due_count,
    judged.is_provisional,
    case when judged.is_suppressed then 'suppressed' else judged.status end as status,
    judged.is_suppressed
from judged;
