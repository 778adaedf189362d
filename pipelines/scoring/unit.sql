-- grain: unit x quarter or year in which its team has a row
-- A year unites the units of its quarters' rows; a stock takes those of the quarter that holds the
-- year's last known day; a worker's sessions and days are added; ratings have a year of their own.
create or replace view score.unit as
with located as (
    select
        candidate.*,
        own_row.period_kind,
        own_row.year,
        own_row.until_day,
        indicator.shape,
        indicator.is_stock
    from score.unit_candidate as candidate
    inner join fact.team_period as own_row
        on own_row.organisation_id = candidate.organisation_id
        and own_row.team_id = candidate.team_id
        and own_row.period = candidate.period
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = candidate.organisation_id
        and indicator.indicator_key = candidate.indicator_key
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
    numerator,
    denominator,
    numerator_parts,
    denominator_parts,
    unit_weight,
    row_count
from located
union all
select
    located.indicator_key,
    located.organisation_id,
    located.team_id,
    located.year as period,
    located.unit_kind,
    located.unit_id,
    located.trajectory_id,
    located.exclusion_reason,
    located.is_met,
    located.numerator,
    located.denominator,
    located.numerator_parts,
    located.denominator_parts,
    located.unit_weight,
    located.row_count
from located
inner join fact.period as whole_year
    on whole_year.organisation_id = located.organisation_id
    and whole_year.period = located.year
where located.period_kind = 'quarter'
    and located.shape not in ('rate', 'rated')
    and (not located.is_stock or located.until_day = whole_year.until_day)
union all
select
    indicator_key,
    organisation_id,
    team_id,
    year as period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    is_met,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    max(numerator_parts) as numerator_parts,
    max(denominator_parts) as denominator_parts,
    max(unit_weight) as unit_weight,
    max(row_count) as row_count
from located
where shape = 'rate'
group by
    indicator_key,
    organisation_id,
    team_id,
    year,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason,
    is_met
