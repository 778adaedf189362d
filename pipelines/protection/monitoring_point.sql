-- grain: one row per series and quarter: scores and record profiles of organisations, and the record
-- profile as a whole of teams
-- Limits rest on the points of the baseline: with one of them hidden it could be solved from them.
create or replace table protected.monitoring_point as
with told as (
    select
        point.*,
        case point.subject
            when 'indicator' then coalesce(score.is_suppressed, true)
            else coalesce(profile.is_suppressed or profile.is_kept, true)
        end as is_hidden,
        -- what was published before stays, as in the tables of scores
        case point.subject
            when 'indicator' then case when kept.is_kept then kept.value end
            else case when profile.is_kept then profile.score end
        end as kept_value
    from results.monitoring_point as point
    left join protected.score_disclosure as score
        on score.score_key = point.source_key
    left join protected.indicator_scores as kept
        on kept.score_key = point.source_key
    left join protected.record_profile as profile
        on point.subject = 'record_profile'
        and profile.level = point.level
        and profile.organisation_id = point.organisation_id
        and profile.team_id is not distinct from point.team_id
        and profile.period = point.period
        and profile.part = point.measure
    where (point.level = 'organisation' and point.subject in ('indicator', 'record_profile'))
        or (point.level = 'team' and point.subject = 'record_profile' and point.measure = 'total')
),
judged as (
    select
        *,
        value is not null and is_hidden and kept_value is null as is_suppressed,
        bool_or(is_baseline and is_hidden) over (partition by series_key) as is_limit_hidden
    from told
)
select
    level,
    organisation_id,
    team_id,
    subject,
    measure,
    indicator_version,
    period,
    place,
    case when not is_hidden then value else kept_value end as value,
    is_provisional,
    case when is_limit_hidden then 'run' else chart_kind end as chart_kind,
    case when is_limit_hidden then 'baseline_hidden' else chart_reason end as chart_reason,
    points_count,
    case when not is_limit_hidden then baseline_count end as baseline_count,
    is_baseline and not is_limit_hidden as is_baseline,
    case when not is_limit_hidden then centre end as centre,
    case when not is_limit_hidden then lower_limit end as lower_limit,
    case when not is_limit_hidden then upper_limit end as upper_limit,
    case when not is_limit_hidden and not is_hidden then rules end as rules,
    case when not is_limit_hidden and not is_hidden then reading end as reading,
    is_higher_better,
    case when not is_limit_hidden then false_flag_share end as false_flag_share,
    is_suppressed
from judged;
