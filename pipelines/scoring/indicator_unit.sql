-- grain: unit x score key it stands behind; the same for results and for explaining one score
-- (filter on level, organisation_id, team_id, indicator_id and period, not on the composed key)
-- The last columns say where a unit belongs at every level, and its amounts as exact whole parts.
create or replace view score.indicator_unit as
select
    'team' as level,
    unit.organisation_id as organisation_id,
    unit.team_id as team_id,
    unit.indicator_id,
    unit.indicator_version,
    unit.period,
    unit.indicator_id || '|' || unit.organisation_id || '|' || unit.team_id || '|' || unit.period || '|' || unit.version_text
        as score_key,
    unit.unit_kind,
    unit.unit_id,
    unit.exclusion_reason is null as counted,
    unit.is_met as met,
    case when unit.exclusion_reason is null then unit.amount_numerator end as amount_numerator,
    case when unit.exclusion_reason is null then unit.amount_denominator end as amount_denominator,
    unit.exclusion_reason,
    unit.organisation_id as unit_organisation_id,
    unit.team_id as unit_team_id,
    unit.trajectory_id,
    unit.unit_weight,
    case when unit.exclusion_reason is null then unit.numerator end as numerator,
    case when unit.exclusion_reason is null then unit.denominator end as denominator,
    unit.numerator_parts,
    unit.denominator_parts
from score.unit_row as unit
union all
select
    'organisation' as level,
    unit.organisation_id as organisation_id,
    '' as team_id,
    unit.indicator_id,
    unit.indicator_version,
    unit.period,
    unit.indicator_id || '|' || unit.organisation_id || '|' || '|' || unit.period || '|' || unit.version_text
        as score_key,
    unit.unit_kind,
    unit.unit_id,
    unit.exclusion_reason is null as counted,
    unit.is_met as met,
    case when unit.exclusion_reason is null then unit.amount_numerator end as amount_numerator,
    case when unit.exclusion_reason is null then unit.amount_denominator end as amount_denominator,
    unit.exclusion_reason,
    unit.organisation_id as unit_organisation_id,
    unit.team_id as unit_team_id,
    unit.trajectory_id,
    unit.unit_weight,
    case when unit.exclusion_reason is null then unit.numerator end as numerator,
    case when unit.exclusion_reason is null then unit.denominator end as denominator,
    unit.numerator_parts,
    unit.denominator_parts
from score.unit_row as unit
union all
select
    'all' as level,
    '' as organisation_id,
    '' as team_id,
    unit.indicator_id,
    unit.indicator_version,
    unit.period,
    unit.indicator_id || '|' || '|' || '|' || unit.period || '|' || unit.version_text
        as score_key,
    unit.unit_kind,
    unit.unit_id,
    unit.exclusion_reason is null as counted,
    unit.is_met as met,
    case when unit.exclusion_reason is null then unit.amount_numerator end as amount_numerator,
    case when unit.exclusion_reason is null then unit.amount_denominator end as amount_denominator,
    unit.exclusion_reason,
    unit.organisation_id as unit_organisation_id,
    unit.team_id as unit_team_id,
    unit.trajectory_id,
    unit.unit_weight,
    case when unit.exclusion_reason is null then unit.numerator end as numerator,
    case when unit.exclusion_reason is null then unit.denominator end as denominator,
    unit.numerator_parts,
    unit.denominator_parts
from score.unit_row as unit
where unit.is_shared
