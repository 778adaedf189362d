-- grain: indicator x unit; contacts of one trajectory, place and reason are one row per quarter,
-- with the days they lie between
create or replace table score.unit_ratio as
with judged as (
    select
        indicator.indicator_key,
        tally.*,
        case
            when start.first_date is null or tally.unit_date < start.first_date
                then 'kind_not_delivered'
            when tally.unit_date < team.first_date then 'before_first_record'
            when tally.numerator is null or tally.denominator is null then 'not_recorded'
        end as exclusion_reason
    from catalogue.indicator as indicator
    inner join fact.tally as tally
        on tally.organisation_id = indicator.organisation_id
        and tally.measure = indicator.measure
    inner join score.indicator_start as start
        on start.indicator_key = indicator.indicator_key
        and start.organisation_id = tally.organisation_id
    inner join fact.team as team
        on team.organisation_id = tally.organisation_id
        and team.team_id = tally.team_id
    where indicator.shape = 'ratio'
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
    min(unit_date) as first_unit_date,
    max(unit_date) as last_unit_date,
    sum(case when exclusion_reason is null then numerator end) as numerator,
    sum(case when exclusion_reason is null then denominator end) as denominator,
    max(numerator_parts) as numerator_parts,
    max(denominator_parts) as denominator_parts,
    sum(unit_weight) as unit_weight,
    sum(row_count) as row_count
from judged
group by
    indicator_key,
    organisation_id,
    team_id,
    period,
    unit_kind,
    unit_id,
    trajectory_id,
    exclusion_reason
