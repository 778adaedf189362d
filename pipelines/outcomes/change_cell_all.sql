-- grain: period (of the start) x breakdown x category x instrument x version x scale x informant x
-- pair of moments, all organisations together
create or replace view outcome.change_cell_all as
-- pseudonyms differ between organisations: nobody is counted twice
select
    'all' as level,
    cast(null as varchar) as organisation_id,
    cast(null as varchar) as team_id,
    period,
    breakdown,
    category,
    instrument,
    instrument_version,
    scale,
    informant,
    moments,
    sum(before_sum) as before_sum,
    sum(before_squares) as before_squares,
    sum(later_sum) as later_sum,
    sum(change_sum) as change_sum,
    sum(change_squares) as change_squares,
    sum(lost_sum) as lost_sum,
    sum(lost_squares) as lost_squares,
    cast(sum(due_count) as bigint) as due_count,
    cast(sum(completers_count) as bigint) as completers_count,
    cast(sum(improved_count) as bigint) as improved_count,
    cast(sum(unchanged_count) as bigint) as unchanged_count,
    cast(sum(deteriorated_count) as bigint) as deteriorated_count,
    cast(sum(no_norm_count) as bigint) as no_norm_count,
    cast(sum(clients_count) as bigint) as clients_count,
    cast(sum(due_clients_count) as bigint) as due_clients_count,
    cast(sum(lost_count) as bigint) as lost_count,
    count(*) filter (where completers_count > 0) as organisations_counted
from outcome.change_cell
where level = 'organisation'
group by
    period,
    breakdown,
    category,
    instrument,
    instrument_version,
    scale,
    informant,
    moments
