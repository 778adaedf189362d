-- grain: indicator x period with a unit: the sums a value of all organisations together is made of
create or replace table score.tally_all as
select
    team_tally.indicator_key,
    'all' as level,
    '' as organisation_id,
    '' as team_id,
    team_tally.period,
    sum(team_tally.row_count) as row_count,
    sum(team_tally.counted_weight) as counted_weight,
    sum(team_tally.not_recorded_weight) as not_recorded_weight,
    sum(team_tally.excluded_count) as excluded_count,
    sum(team_tally.shown_count) as shown_count,
    sum(team_tally.met_count) as met_count,
    sum(team_tally.numerator) as numerator,
    sum(team_tally.denominator) as denominator,
    max(team_tally.numerator_parts) as numerator_parts,
    max(team_tally.denominator_parts) as denominator_parts,
    sum(team_tally.value_count) as value_count,
    sum(team_tally.value_sum) as value_sum,
    sum(team_tally.value_square_sum) as value_square_sum,
    count(
        distinct case when team_tally.counted_weight > 0 then team_tally.organisation_id end
    ) as organisations_counted
from score.team_tally as team_tally
-- a rule that one organisation changed has no level all
inner join catalogue.indicator as shared
    on shared.organisation_id = ''
    and shared.indicator_key = team_tally.indicator_key
group by
    team_tally.indicator_key,
    team_tally.period
