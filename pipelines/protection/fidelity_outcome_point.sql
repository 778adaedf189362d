-- grain: one row per hypothesis, team and year; and one per hypothesis and team over its years
-- (period empty). A point tells the fidelity of a team: it needs staff enough, clients enough, and
-- a fidelity and a change that are each shown.
create or replace table protected.fidelity_outcome_point as
with small_audit_team as (
    select distinct organisation_id, team_id
    from protected.audit_disclosure
    where is_suppressed
),
judged as (
    select
        point.*,
        point.clients_count < coalesce(organisation.minimum_clients, $default_minimum::integer)
        or (
            point.period is not null
            and (
                coalesce(place.is_small_team, true)
                or coalesce(cell.is_suppressed, true)
                or (
                    measure.fidelity_kind = 'record_profile'
                    and coalesce(profile.is_suppressed or profile.is_kept, true)
                )
            )
        )
        or (measure.fidelity_kind = 'audit' and small_audit_team.team_id is not null)
            as is_hidden
    from results.fidelity_outcome_point as point
    inner join protected.hypothesis_measure as measure
        on measure.hypothesis_id = point.hypothesis_id
    left join protected.organisation as organisation
        on organisation.organisation_id = point.organisation_id
    left join protected.outcome_place as place
        on place.level = 'team'
        and place.organisation_id = point.organisation_id
        and place.team_id = point.team_id
        and place.period = point.period
    left join protected.outcome_cell as cell
        on cell.population = 'completers'
        and cell.level = 'team'
        and cell.organisation_id = point.organisation_id
        and cell.team_id = point.team_id
        and cell.period = point.period
        and cell.breakdown = 'total'
        and cell.measure = measure.outcome_measure
    left join protected.record_profile as profile
        on profile.level = 'team'
        and profile.organisation_id = point.organisation_id
        and profile.team_id = point.team_id
        and profile.period = point.period
        and profile.part = measure.fidelity_part
    left join small_audit_team
        on small_audit_team.organisation_id = point.organisation_id
        and small_audit_team.team_id = point.team_id
),
-- the mean over years and the other years would give a hidden year
wholly_judged as (
    select
        *,
        case
            when period is null
                then bool_or(is_hidden) over (
                    partition by hypothesis_id, organisation_id, team_id
                )
            else is_hidden
        end as is_suppressed
    from judged
)
select
    hypothesis_id,
    hypothesis_version,
    organisation_id,
    team_id,
    period,
    case when not is_suppressed then fidelity end as fidelity,
    case when not is_suppressed then mean_improvement end as mean_improvement,
    case when not is_suppressed then sd_improvement end as sd_improvement,
    case when not is_suppressed then completers_count end as completers_count,
    is_suppressed
from wholly_judged;
