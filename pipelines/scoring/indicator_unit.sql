-- grain: unit x score key it stands behind; the same for results and for explaining one score
-- (filter on level, organisation_id, team_id, indicator_key and period, not on the composed key)
-- The last columns say where a unit belongs at every level, and its amounts as exact whole parts.
create or replace view score.indicator_unit as
with contact_group as (
    select
        unit.indicator_key,
        unit.organisation_id,
        unit.team_id,
        own_row.period,
        own_row.year,
        unit.trajectory_id,
        unit.unit_id,
        unit.exclusion_reason,
        unit.first_unit_date,
        unit.last_unit_date
    from score.unit_ratio as unit
    inner join fact.team_period as own_row
        on own_row.organisation_id = unit.organisation_id
        and own_row.team_id = unit.team_id
        and own_row.period = unit.period
    where unit.unit_kind = 'contact'
),
-- contacts were added up early: here they come apart again, row by row
contact as (
    select
        contact_group.indicator_key,
        contact_group.organisation_id,
        contact_group.team_id,
        contact_group.period,
        contact_group.year,
        contact_group.trajectory_id,
        contact.contact_id as unit_id,
        contact_group.exclusion_reason,
        case when contact.place in ('home', 'community') then contact.contact_count else 0 end
            as numerator,
        contact.contact_count as denominator
    from contact_group
    inner join staged.contact as contact
        on contact.organisation_id = contact_group.organisation_id
        and contact.trajectory_id = contact_group.trajectory_id
        and contact.trajectory_id || '|' || coalesce(contact.place, '') = contact_group.unit_id
        and contact.contact_date >= contact_group.first_unit_date
        and contact.contact_date <= contact_group.last_unit_date
    where contact.mode = 'face_to_face'
        and not contact.no_show
),
unit as (
    select
        indicator_key,
        organisation_id,
        team_id,
        period,
        unit_kind,
        unit_id,
        exclusion_reason,
        is_met,
        cast(numerator as double) / cast(numerator_parts as double) as amount_numerator,
        cast(denominator as double) / cast(denominator_parts as double) as amount_denominator,
        trajectory_id,
        unit_weight,
        numerator,
        denominator,
        numerator_parts,
        denominator_parts
    from score.unit
    where unit_kind <> 'contact'
    union all
    select
        indicator_key,
        organisation_id,
        team_id,
        period,
        'contact' as unit_kind,
        unit_id,
        exclusion_reason,
        cast(null as boolean) as is_met,
        cast(numerator as double) as amount_numerator,
        cast(denominator as double) as amount_denominator,
        trajectory_id,
        cast(denominator as decimal(38, 0)) as unit_weight,
        cast(numerator as decimal(38, 0)) as numerator,
        cast(denominator as decimal(38, 0)) as denominator,
        cast(1 as decimal(38, 0)) as numerator_parts,
        cast(1 as decimal(38, 0)) as denominator_parts
    from contact
    union all
    select
        indicator_key,
        organisation_id,
        team_id,
        year as period,
        'contact' as unit_kind,
        unit_id,
        exclusion_reason,
        cast(null as boolean) as is_met,
        cast(numerator as double) as amount_numerator,
        cast(denominator as double) as amount_denominator,
        trajectory_id,
        cast(denominator as decimal(38, 0)) as unit_weight,
        cast(numerator as decimal(38, 0)) as numerator,
        cast(denominator as decimal(38, 0)) as denominator,
        cast(1 as decimal(38, 0)) as numerator_parts,
        cast(1 as decimal(38, 0)) as denominator_parts
    from contact
),
versioned as (
    select
        unit.*,
        indicator.indicator_id,
        indicator.indicator_version,
        'v' || cast(indicator.indicator_version as string) as version_text,
        shared.indicator_key is not null as is_shared
    from unit
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = unit.organisation_id
        and indicator.indicator_key = unit.indicator_key
        and indicator.is_published
    -- a rule that one organisation changed has no level all
    left join catalogue.indicator as shared
        on shared.organisation_id = ''
        and shared.indicator_key = unit.indicator_key
)
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
from versioned as unit
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
from versioned as unit
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
from versioned as unit
where unit.is_shared
