-- grain: one row per stage of the flow of an organisation or team in a year, and one for its reasons
-- Stages are nested, so the difference of two shown stages is a group of people too: it is nobody, or
-- it is large enough.
create or replace macro is_apart(units, clients, other_units, other_clients, k) as
    units = other_units or abs(clients - other_clients) >= k;

create or replace table protected.outcome_flow_cell as
with flow as (
    select
        flow.*,
        place.minimum_clients,
        place.is_small_team
    from results.outcome_flow as flow
    inner join protected.outcome_place as place
        on place.level = flow.level
        and place.organisation_id is not distinct from flow.organisation_id
        and place.team_id is not distinct from flow.team_id
        and place.period = flow.period
),
chain as (
    select
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        instrument,
        informant,
        max(minimum_clients) as k,
        max(numerator) filter (where stage = 'started') as started,
        max(numerator) filter (where stage = 't0_due') as t0_due,
        max(numerator) filter (where stage = 't0') as t0,
        max(numerator) filter (where stage = 't1_due') as t1_due,
        max(numerator) filter (where stage = 't1') as t1,
        max(numerator) filter (where stage = 't2_due') as t2_due,
        max(numerator) filter (where stage = 't2') as t2,
        max(numerator_clients_count) filter (where stage = 'started') as started_clients,
        max(numerator_clients_count) filter (where stage = 't0_due') as t0_due_clients,
        max(numerator_clients_count) filter (where stage = 't0') as t0_clients,
        max(numerator_clients_count) filter (where stage = 't1_due') as t1_due_clients,
        max(numerator_clients_count) filter (where stage = 't1') as t1_clients,
        max(numerator_clients_count) filter (where stage = 't2_due') as t2_due_clients,
        max(numerator_clients_count) filter (where stage = 't2') as t2_clients
    from flow
    group by
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        instrument,
        informant
),
-- What is measured later comes first, because changes are told about them; then where it began.
-- Each keeps its distance from every stage before it in this order that it is nested with.
measured as (
    select
        *,
        t1 = 0 or t1_clients >= k as is_t1_shown,
        t2 = 0 or t2_clients >= k as is_t2_shown
    from chain
),
begun as (
    select
        *,
        (started = 0 or started_clients >= k)
        and (not is_t1_shown or is_apart(started, started_clients, t1, t1_clients, k))
        and (not is_t2_shown or is_apart(started, started_clients, t2, t2_clients, k))
            as is_started_shown
    from measured
),
entered as (
    select
        *,
        (t0 = 0 or t0_clients >= k)
        and (not is_started_shown or is_apart(t0, t0_clients, started, started_clients, k))
        and (not is_t1_shown or is_apart(t0, t0_clients, t1, t1_clients, k))
        and (not is_t2_shown or is_apart(t0, t0_clients, t2, t2_clients, k))
            as is_t0_shown
    from begun
),
shown as (
    select
        *,
        (t0_due = 0 or t0_due_clients >= k)
        and (not is_started_shown or is_apart(t0_due, t0_due_clients, started, started_clients, k))
        and (not is_t0_shown or is_apart(t0_due, t0_due_clients, t0, t0_clients, k))
        and (not is_t1_shown or is_apart(t0_due, t0_due_clients, t1, t1_clients, k))
        and (not is_t2_shown or is_apart(t0_due, t0_due_clients, t2, t2_clients, k))
            as is_t0_due_shown,
        (t1_due = 0 or t1_due_clients >= k)
        and (not is_started_shown or is_apart(t1_due, t1_due_clients, started, started_clients, k))
        and (not is_t0_shown or is_apart(t1_due, t1_due_clients, t0, t0_clients, k))
        and (not is_t1_shown or is_apart(t1_due, t1_due_clients, t1, t1_clients, k))
            as is_t1_due_shown,
        (t2_due = 0 or t2_due_clients >= k)
        and (not is_started_shown or is_apart(t2_due, t2_due_clients, started, started_clients, k))
        and (not is_t0_shown or is_apart(t2_due, t2_due_clients, t0, t0_clients, k))
        and (not is_t2_shown or is_apart(t2_due, t2_due_clients, t2, t2_clients, k))
            as is_t2_due_shown
    from entered
),
judged as (
    select
        flow.*,
        case flow.stage
            when 'started' then shown.is_started_shown
            when 't0_due' then shown.is_t0_due_shown
            when 't0' then shown.is_t0_shown
            when 't1_due' then shown.is_t1_due_shown
            when 't1' then shown.is_t1_shown
            when 't2_due' then shown.is_t2_due_shown
            else shown.is_t2_shown
        end as is_reached_shown,
        case flow.stage
            when 'started' then shown.is_started_shown
            when 't0_due' then shown.is_started_shown
            when 't0' then shown.is_t0_due_shown
            when 't1_due' then shown.is_t0_shown
            when 't1' then shown.is_t1_due_shown
            when 't2_due' then shown.is_t0_shown
            else shown.is_t2_due_shown
        end as is_before_shown,
        least(
            coalesce(nullif(flow.before_first_record_count, 0), flow.minimum_clients),
            coalesce(nullif(flow.not_yet_due_count, 0), flow.minimum_clients),
            coalesce(nullif(flow.ended_count, 0), flow.minimum_clients),
            coalesce(nullif(flow.missed_count, 0), flow.minimum_clients),
            coalesce(nullif(flow.outside_window_count, 0), flow.minimum_clients)
        ) as smallest_reason
    from flow
    inner join shown
        on shown.level = flow.level
        and shown.organisation_id is not distinct from flow.organisation_id
        and shown.team_id is not distinct from flow.team_id
        and shown.period = flow.period
        and shown.breakdown = flow.breakdown
        and shown.category is not distinct from flow.category
        and shown.instrument = flow.instrument
        and shown.informant = flow.informant
)
select
    outcome_key,
    level,
    organisation_id,
    team_id,
    period,
    breakdown,
    category,
    instrument || '|' || informant || '|' || stage as measure,
    is_small_team or not is_reached_shown as is_reached_suppressed,
    is_small_team or not is_before_shown as is_before_suppressed,
    is_small_team
    or not is_reached_shown
    or not is_before_shown
    or smallest_reason < minimum_clients as is_reasons_suppressed,
    numerator as reached_units,
    numerator_clients_count as reached_clients,
    denominator - numerator as lost_units,
    clients_count - numerator_clients_count as lost_clients
from judged;
