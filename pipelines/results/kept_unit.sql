-- grain: unit x team x quarter or year; an organisation and all together unite those of their teams
select
    organisation_id,
    team_id,
    indicator_id,
    indicator_version,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    is_met,
    case when exclusion_reason is null then numerator end as numerator,
    case when exclusion_reason is null then denominator end as denominator,
    numerator_parts,
    denominator_parts,
    is_shared
from score.unit_row
