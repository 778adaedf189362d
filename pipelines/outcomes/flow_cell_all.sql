-- grain: period (of the start) x breakdown x category x instrument x informant x stage, all
-- organisations together
create or replace view outcome.flow_cell_all as
-- pseudonyms differ between organisations: nobody is counted twice
select
    'all' as level,
    cast(null as varchar) as organisation_id,
    cast(null as varchar) as team_id,
    period,
    breakdown,
    category,
    instrument,
    informant,
    stage,
    stage_order,
    cast(sum(numerator) as bigint) as numerator,
    cast(sum(denominator) as bigint) as denominator,
    cast(sum(before_first_record_count) as bigint) as before_first_record_count,
    cast(sum(not_yet_due_count) as bigint) as not_yet_due_count,
    cast(sum(ended_count) as bigint) as ended_count,
    cast(sum(missed_count) as bigint) as missed_count,
    cast(sum(outside_window_count) as bigint) as outside_window_count,
    cast(sum(numerator_clients_count) as bigint) as numerator_clients_count,
    cast(sum(clients_count) as bigint) as clients_count,
    count(*) filter (where denominator > 0) as organisations_counted
from outcome.flow_cell
where level = 'organisation'
group by
    period,
    breakdown,
    category,
    instrument,
    informant,
    stage,
    stage_order
