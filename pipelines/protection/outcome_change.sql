-- grain: one row per organisation or team, year of starting, breakdown, category, scale and pair of
-- moments; small groups of a kind that is delivered in free words share one row
create or replace table protected.outcome_change as
with judged as (
    select
        change.*,
        completers.is_suppressed,
        completers.is_suppressed or due.is_suppressed as is_lost_suppressed
    from results.outcome_change as change
    inner join protected.outcome_cell as completers
        on completers.outcome_key = change.outcome_key
        and completers.population = 'completers'
    inner join protected.outcome_cell as due
        on due.outcome_key = change.outcome_key
        and due.population = 'due'
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
    judged.instrument,
    judged.instrument_version,
    judged.scale,
    judged.informant,
    judged.moments,
    judged.is_higher_better,
    case when not judged.is_lost_suppressed then judged.due_count end as due_count,
    case when not judged.is_suppressed then judged.completers_count end as completers_count,
    case when not judged.is_lost_suppressed then judged.lost_count end as lost_count,
    case when not judged.is_suppressed then judged.mean_t0 end as mean_t0,
    case when not judged.is_suppressed then judged.sd_t0 end as sd_t0,
    case when not judged.is_suppressed then judged.mean_later end as mean_later,
    case when not judged.is_suppressed then judged.mean_change end as mean_change,
    case when not judged.is_suppressed then judged.sd_change end as sd_change,
    case when not judged.is_suppressed then judged.ci_low end as ci_low,
    case when not judged.is_suppressed then judged.ci_high end as ci_high,
    case when not judged.is_suppressed then judged.mean_change_method end as mean_change_method,
    case when not judged.is_suppressed then judged.d_t0_sd end as d_t0_sd,
    case when not judged.is_suppressed then judged.srm end as srm,
    case when not judged.is_lost_suppressed then judged.lost_mean_t0 end as lost_mean_t0,
    case when not judged.is_lost_suppressed then judged.lost_sd_t0 end as lost_sd_t0,
    case when not judged.is_lost_suppressed then judged.completers_lost_difference end as completers_lost_difference,
    judged.reliability,
    judged.reliability_kind,
    judged.reliability_source,
    judged.reliable_change_sd,
    judged.reliable_change_sd_source,
    judged.reliable_change_sd_count,
    judged.reliable_change_threshold,
    case when not judged.is_suppressed then judged.reliable_change_method end as reliable_change_method,
    case when not judged.is_suppressed then judged.improved_count end as improved_count,
    case when not judged.is_suppressed then judged.unchanged_count end as unchanged_count,
    case when not judged.is_suppressed then judged.deteriorated_count end as deteriorated_count,
    case when not judged.is_suppressed then judged.no_norm_count end as no_norm_count,
    case when not judged.is_suppressed then judged.share_improved end as share_improved,
    case when not judged.is_suppressed then judged.share_improved_ci_low end as share_improved_ci_low,
    case when not judged.is_suppressed then judged.share_improved_ci_high end as share_improved_ci_high,
    case when not judged.is_suppressed then judged.share_improved_method end as share_improved_method,
    case when not judged.is_lost_suppressed then judged.share_improved_lowest end as share_improved_lowest,
    case when not judged.is_lost_suppressed then judged.share_improved_highest end as share_improved_highest,
    judged.is_provisional,
    case when judged.is_suppressed then 'suppressed' else judged.status end as status,
    judged.is_suppressed,
    judged.is_lost_suppressed
from judged;
