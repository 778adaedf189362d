-- grain: indicator x level x organisation x team x period with a unit: the sums a value is made of
create or replace table score.tally as
with leveled as (
    select
        'team' as level,
        organisation_id as level_organisation_id,
        team_id as level_team_id,
        team_tally.*
    from score.team_tally as team_tally
    union all
    select
        'organisation' as level,
        organisation_id as level_organisation_id,
        '' as level_team_id,
        team_tally.*
    from score.team_tally as team_tally
)
select
    indicator_key,
    level,
    level_organisation_id as organisation_id,
    level_team_id as team_id,
    period,
    sum(row_count) as row_count,
    sum(counted_weight) as counted_weight,
    sum(not_recorded_weight) as not_recorded_weight,
    sum(excluded_count) as excluded_count,
    sum(shown_count) as shown_count,
    sum(met_count) as met_count,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    max(numerator_parts) as numerator_parts,
    max(denominator_parts) as denominator_parts,
    sum(value_count) as value_count,
    sum(value_sum) as value_sum,
    sum(value_square_sum) as value_square_sum,
    count(distinct case when counted_weight > 0 then organisation_id end) as organisations_counted
from leveled
group by
    indicator_key,
    level,
    level_organisation_id,
    level_team_id,
    period
union all
select
    indicator_key,
    level,
    organisation_id,
    team_id,
    period,
    row_count,
    counted_weight,
    not_recorded_weight,
    excluded_count,
    shown_count,
    met_count,
    numerator,
    denominator,
    numerator_parts,
    denominator_parts,
    value_count,
    value_sum,
    value_square_sum,
    organisations_counted
from score.tally_all
