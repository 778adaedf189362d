-- grain: one row per organisation or team, year in which the goal was closed, breakdown, category and
-- measure; small groups of a kind that is delivered in free words share one row
create or replace table protected.goal_attainment as
with judged as (
    select
        result.*,
        cell.is_suppressed
    from results.goal_attainment as result
    inner join protected.outcome_cell as cell
        on cell.outcome_key = result.outcome_key
        and cell.result_table = 'goal_attainment'
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
    case when not judged.is_suppressed then judged.numerator end as numerator,
    case when not judged.is_suppressed then judged.denominator end as denominator,
    case when not judged.is_suppressed then judged.value end as value,
    case when not judged.is_suppressed then judged.ci_low end as ci_low,
    case when not judged.is_suppressed then judged.ci_high end as ci_high,
    case when not judged.is_suppressed then judged.method end as method,
    case when not judged.is_suppressed then judged.not_recorded_count end as not_recorded_count,
    judged.is_provisional,
    case when judged.is_suppressed then 'suppressed' else judged.status end as status,
    judged.is_suppressed
from judged;
