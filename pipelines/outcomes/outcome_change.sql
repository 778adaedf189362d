-- grain: level x organisation x team x period (of the start) x breakdown x category x instrument x
-- version x scale x informant x pair of moments. Of the completers, beside what was lost.
create or replace table results.outcome_change as
with cell as (
    select *
    from outcome.change_cell
    union all by name
    select *
    from outcome.change_cell_all
),
described as (
    select
        *,
        before_sum / cast(nullif(completers_count, 0) as double) / 100 as mean_t0,
        later_sum / cast(nullif(completers_count, 0) as double) / 100 as mean_later,
        change_sum / cast(nullif(completers_count, 0) as double) / 100 as mean_change,
        lost_sum / cast(nullif(lost_count, 0) as double) / 100 as lost_mean_t0,
        find_sd(completers_count, before_sum, before_squares) as sd_t0,
        find_sd(completers_count, change_sum, change_squares) as sd_change,
        find_sd(lost_count, lost_sum, lost_squares) as lost_sd_t0,
        case when no_norm_count = 0 and completers_count > 0 then completers_count end
            as judged_count
    from cell
),
bounded as (
    select
        described.*,
        coalesce(student.quantile, expand_t_point(described.completers_count - 1))
        * described.sd_change
        / sqrt(cast(described.completers_count as double)) as half_width
    from described
    left join catalogue.t_quantile as student
        on student.degrees = described.completers_count - 1
)
select
    described.level,
    described.organisation_id,
    described.team_id,
    described.period,
    described.breakdown,
    described.category,
    described.instrument,
    described.instrument_version,
    described.scale,
    described.informant,
    described.moments,
    norm.is_higher_better,
    described.due_count,
    described.completers_count,
    described.lost_count,
    described.mean_t0,
    described.sd_t0,
    described.mean_later,
    described.mean_change,
    described.sd_change,
    described.mean_change - described.half_width as ci_low,
    described.mean_change + described.half_width as ci_high,
    case when described.completers_count > 1 then 't' else 'none' end as mean_change_method,
    described.mean_change / nullif(described.sd_t0, 0) as d_t0_sd,
    described.mean_change / nullif(described.sd_change, 0) as srm,
    described.lost_mean_t0,
    described.lost_sd_t0,
    (described.mean_t0 - described.lost_mean_t0)
        / nullif(sqrt((described.sd_t0 * described.sd_t0
            + described.lost_sd_t0 * described.lost_sd_t0) / 2), 0)
        as completers_lost_difference,
    norm.reliability,
    norm.reliability_kind,
    norm.reliability_source,
    norm.sd as reliable_change_sd,
    norm.sd_source as reliable_change_sd_source,
    norm.sd_count as reliable_change_sd_count,
    norm.threshold as reliable_change_threshold,
    case when norm.threshold is null then 'none' else 'jacobson_truax_1991' end
        as reliable_change_method,
    described.improved_count,
    described.unchanged_count,
    described.deteriorated_count,
    described.no_norm_count,
    described.improved_count / cast(described.judged_count as double) as share_improved,
    find_wilson_centre(described.improved_count, described.judged_count)
        - find_wilson_half(described.improved_count, described.judged_count) as share_improved_ci_low,
    find_wilson_centre(described.improved_count, described.judged_count)
        + find_wilson_half(described.improved_count, described.judged_count) as share_improved_ci_high,
    case when described.judged_count is not null then 'wilson' else 'none' end
        as share_improved_method,
    -- the band: none of the lost improved, all of the lost improved
    case when described.judged_count is not null
        then described.improved_count / cast(described.due_count as double)
    end as share_improved_lowest,
    case when described.judged_count is not null
        then (described.improved_count + described.lost_count) / cast(described.due_count as double)
    end as share_improved_highest,
    described.clients_count,
    described.due_clients_count,
    described.organisations_counted,
    period.is_provisional,
    case
        when described.completers_count = 0 then 'no_completers'
        when described.completers_count = 1 then 'one_completer'
        else 'given'
    end as status,
    concat_ws(
        '|',
        'change',
        coalesce(described.organisation_id, ''),
        coalesce(described.team_id, ''),
        described.period,
        described.breakdown,
        coalesce(described.category, ''),
        described.instrument,
        described.instrument_version,
        described.scale,
        described.informant,
        described.moments
    ) as outcome_key
from bounded as described
inner join outcome.norm as norm
    on norm.instrument = described.instrument
    and norm.instrument_version = described.instrument_version
    and norm.scale = described.scale
    and norm.informant = described.informant
inner join outcome.period as period
    on period.period = described.period
    and period.organisation_id is not distinct from described.organisation_id
order by
    described.level,
    described.organisation_id,
    described.team_id,
    described.period,
    described.breakdown,
    described.category,
    described.instrument,
    described.instrument_version,
    described.scale,
    described.informant,
    described.moments
