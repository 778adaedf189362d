-- grain: every unit of every shape, also of teams without a row in the period
-- Amounts are whole numbers of parts: amount = numerator / numerator_parts.
create or replace view score.unit_candidate as
with met as (
    select * from score.unit_within
    union all
    select * from score.unit_current
    union all
    select * from score.unit_recurring
    union all
    select * from score.unit_share
    union all
    select * from score.unit_early_contact
)
select
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    is_met,
    cast(case when is_met then 1 when not is_met then 0 end as decimal(38, 0)) as numerator,
    cast(case when is_met is not null then 1 end as decimal(38, 0)) as denominator,
    cast(1 as decimal(38, 0)) as numerator_parts,
    cast(1 as decimal(38, 0)) as denominator_parts,
    cast(1 as decimal(38, 0)) as unit_weight,
    cast(1 as decimal(38, 0)) as row_count
from met
union all
select
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    cast(null as boolean) as is_met,
    numerator,
    denominator,
    cast(numerator_parts as decimal(38, 0)) as numerator_parts,
    cast(denominator_parts as decimal(38, 0)) as denominator_parts,
    cast(unit_weight as decimal(38, 0)) as unit_weight,
    cast(row_count as decimal(38, 0)) as row_count
from score.unit_ratio
union all
select
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    cast(null as boolean) as is_met,
    cast(numerator as decimal(38, 0)) as numerator,
    cast(denominator as decimal(38, 0)) as denominator,
    cast(1 as decimal(38, 0)) as numerator_parts,
    cast(1 as decimal(38, 0)) as denominator_parts,
    cast(1 as decimal(38, 0)) as unit_weight,
    cast(1 as decimal(38, 0)) as row_count
from score.unit_coverage
union all
select
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    cast(null as string) as trajectory_id,
    cast(null as string) as exclusion_reason,
    cast(null as boolean) as is_met,
    cast(numerator as decimal(38, 0)) as numerator,
    cast(denominator as decimal(38, 0)) as denominator,
    cast(1 as decimal(38, 0)) as numerator_parts,
    cast(denominator_parts as decimal(38, 0)) as denominator_parts,
    cast(1 as decimal(38, 0)) as unit_weight,
    cast(1 as decimal(38, 0)) as row_count
from score.unit_rate
union all
select
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    cast(null as boolean) as is_met,
    numerator,
    cast(denominator as decimal(38, 0)) as denominator,
    numerator_parts,
    cast(1 as decimal(38, 0)) as denominator_parts,
    cast(1 as decimal(38, 0)) as unit_weight,
    cast(1 as decimal(38, 0)) as row_count
from score.unit_rated
