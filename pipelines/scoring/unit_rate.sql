-- grain: indicator x support worker within a team x quarter with an active day that counts
-- Worker-months are days / 30.4375 = 16 x days / 487, kept as whole 487ths.
create or replace table score.unit_rate as
with span as (
    select
        indicator.indicator_key,
        indicator.session_kind,
        period.organisation_id,
        period.period,
        team.team_id,
        greatest(period.first_day, team.first_date, start.first_date) as first_day,
        period.until_day as last_day
    from catalogue.indicator as indicator
    inner join score.indicator_start as start
        on start.organisation_id = indicator.organisation_id
        and start.indicator_key = indicator.indicator_key
        and start.first_date is not null
    inner join fact.period as period
        on period.organisation_id = start.organisation_id
        and period.period_kind = 'quarter'
        and period.until_day >= start.first_date
    inner join fact.team as team
        on team.organisation_id = period.organisation_id
        and team.first_date <= period.until_day
    where indicator.shape = 'rate'
),
stay as (
    select
        span.indicator_key,
        span.organisation_id,
        span.team_id,
        span.period,
        worker.worker_id,
        greatest(span.first_day, worker.start_date) as first_day,
        least(span.last_day, coalesce(worker.end_date, span.last_day)) as last_day
    from span
    inner join fact.worker_row as worker
        on worker.organisation_id = span.organisation_id
        and worker.team_id = span.team_id
        and worker.start_date <= span.last_day
        and (worker.end_date is null or worker.end_date >= span.first_day)
),
service as (
    select
        stay.indicator_key,
        stay.organisation_id,
        stay.team_id,
        stay.period,
        stay.worker_id,
        sum(last_day.day_number - first_day.day_number + 1) as day_count
    from stay
    inner join fact.day as first_day
        on first_day.day = stay.first_day
    inner join fact.day as last_day
        on last_day.day = stay.last_day
    group by
        stay.indicator_key,
        stay.organisation_id,
        stay.team_id,
        stay.period,
        stay.worker_id
),
held as (
    select
        span.indicator_key,
        span.organisation_id,
        span.team_id,
        span.period,
        session.worker_id,
        count(*) as session_count
    from span
    inner join fact.session as session
        on session.organisation_id = span.organisation_id
        and session.team_id = span.team_id
        and session.session_kind = span.session_kind
        and session.session_date >= span.first_day
        and session.session_date <= span.last_day
    group by
        span.indicator_key,
        span.organisation_id,
        span.team_id,
        span.period,
        session.worker_id
)
select
    service.indicator_key,
    service.organisation_id,
    service.team_id,
    service.period,
    'worker' as unit_kind,
    service.team_id || '|' || service.worker_id as unit_id,
    coalesce(held.session_count, 0) as numerator,
    16 * service.day_count as denominator,
    487 as denominator_parts
from service
left join held
    on held.indicator_key = service.indicator_key
    and held.organisation_id = service.organisation_id
    and held.team_id = service.team_id
    and held.period = service.period
    and held.worker_id = service.worker_id
