-- grain: unit x quarter or year in which its team has a row, contacts row by row; with exact amounts
-- A view of its own: a filter reaches into a view, not into a common table that three levels share.
create or replace view score.unit_row as
with contact_group as (
    select
        unit.indicator_key,
        unit.organisation_id,
        unit.team_id,
        own_row.period,
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
    union all
    -- a year unites its quarters
    select
        unit.indicator_key,
        unit.organisation_id,
        unit.team_id,
        own_row.year as period,
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
)
select
    unit.*,
    indicator.indicator_id,
    indicator.indicator_version,
    'v' || cast(indicator.indicator_version as string) as version_text,
    -- a rule that one organisation changed has no level all
    shared.indicator_key is not null as is_shared
from unit
inner join catalogue.indicator as indicator
    on indicator.organisation_id = unit.organisation_id
    and indicator.indicator_key = unit.indicator_key
    and indicator.is_published
left join catalogue.indicator as shared
    on shared.organisation_id = ''
    and shared.indicator_key = unit.indicator_key
