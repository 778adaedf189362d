-- grain: one row per level (all, organisation), hypothesis, model and term
-- An estimate over few teams can be solved for a team: an organisation gets its own only when none
-- of its teams is hidden, and that of all organisations only when each of them faces teams enough of
-- at least two others. Where teams are held beside those of their own organisation only
-- organisations with several teams count: those must be enough as well. The ends of the fidelity are
-- single teams: told in halves.
create or replace table protected.fidelity_outcome as
with team as (
    select
        hypothesis_id,
        organisation_id,
        count(*) as teams_count,
        bool_or(is_suppressed) as has_hidden
    from protected.fidelity_outcome_point
    where period is null
    group by
        hypothesis_id,
        organisation_id
),
together as (
    select
        hypothesis_id,
        sum(teams_count) - max(teams_count) as fewest_others,
        count(*) as organisations_count,
        -- empty when every organisation has one team: then there is nothing beside
        sum(teams_count) filter (where teams_count > 1)
        - max(teams_count) filter (where teams_count > 1) as fewest_beside,
        count(*) filter (where teams_count > 1) as beside_count
    from team
    group by
        hypothesis_id
),
judged as (
    select
        result.*,
        case
            when result.level = 'organisation' then coalesce(team.has_hidden, false)
            else result.teams_count > 0
                and (
                    coalesce(together.organisations_count, 0) < $minimum_organisations::integer
                    or coalesce(together.fewest_others, 0) < $minimum_other_teams::integer
                    or (
                        result.model <> 'team_line'
                        and together.beside_count > 0
                        and (
                            together.beside_count < $minimum_organisations::integer
                            or together.fewest_beside < $minimum_other_teams::integer
                        )
                    )
                )
        end as is_suppressed
    from results.fidelity_outcome as result
    left join team
        on result.level = 'organisation'
        and team.hypothesis_id = result.hypothesis_id
        and team.organisation_id = result.organisation_id
    left join together
        on result.level = 'all'
        and together.hypothesis_id = result.hypothesis_id
)
select
    level,
    organisation_id,
    hypothesis_id,
    hypothesis_version,
    case when not is_suppressed then teams_count end as teams_count,
    case when not is_suppressed then organisations_counted end as organisations_counted,
    case when not is_suppressed then completers_count end as completers_count,
    case
        when is_suppressed then null
        when level = 'all' then floor(fidelity_lowest * 2) / 2
        else fidelity_lowest
    end as fidelity_lowest,
    case
        when is_suppressed then null
        when level = 'all' then ceil(fidelity_highest * 2) / 2
        else fidelity_highest
    end as fidelity_highest,
    case when not is_suppressed then fidelity_sd end as fidelity_sd,
    model,
    term,
    method,
    case when is_suppressed then 'suppressed' else status end as status,
    case when is_suppressed then 'no_inference' else reading end as reading,
    case when not is_suppressed then estimate end as estimate,
    case when not is_suppressed then standard_error end as standard_error,
    case when not is_suppressed then ci_low end as ci_low,
    case when not is_suppressed then ci_high end as ci_high,
    case when not is_suppressed then degrees_of_freedom end as degrees_of_freedom,
    case when not is_suppressed then p_value end as p_value,
    case when not is_suppressed then team_variance end as team_variance,
    case when not is_suppressed then organisation_variance end as organisation_variance,
    case when not is_suppressed then residual_variance end as residual_variance,
    is_leading,
    is_suppressed
from judged;
