-- grain: one score key: the clients and support workers behind it, for the protection of persons
create or replace table score.indicator_population as
with client as (
    select
        level,
        indicator_key,
        organisation_id,
        team_id,
        period,
        clients_count
    from score.client_count
    union all
    -- keys of clients differ between organisations, so that nobody counts twice
    select
        'all' as level,
        indicator_key,
        '' as organisation_id,
        '' as team_id,
        period,
        cast(sum(clients_count) as bigint) as clients_count
    from score.client_count
    where level = 'organisation'
    group by
        indicator_key,
        period
),
in_service as (
    select distinct
        own_row.organisation_id,
        own_row.team_id,
        own_row.period,
        stay.worker_id
    from fact.team_period as own_row
    inner join fact.worker_row as stay
        on stay.organisation_id = own_row.organisation_id
        and stay.team_id = own_row.team_id
        and stay.start_date <= own_row.until_day
        and (stay.end_date is null or stay.end_date >= own_row.first_day)
),
worker as (
    select
        'team' as level,
        organisation_id,
        team_id,
        period,
        count(*) as workers_count
    from in_service
    group by
        organisation_id,
        team_id,
        period
    union all
    select
        'organisation' as level,
        organisation_id,
        '' as team_id,
        period,
        count(distinct worker_id) as workers_count
    from in_service
    group by
        organisation_id,
        period
    union all
    select
        'all' as level,
        '' as organisation_id,
        '' as team_id,
        period,
        count(distinct organisation_id || '|' || worker_id) as workers_count
    from in_service
    group by
        period
)
select
    result.score_key,
    case when indicator.is_about_clients then coalesce(client.clients_count, 0) end
        as clients_count,
    coalesce(worker.workers_count, 0) as workers_count
from score.result as result
inner join catalogue.indicator as indicator
    on indicator.organisation_id = result.organisation_id
    and indicator.indicator_key = result.indicator_key
left join client
    on client.level = result.level
    and client.indicator_key = result.indicator_key
    and client.organisation_id = result.organisation_id
    and client.team_id = result.team_id
    and client.period = result.period
left join worker
    on worker.level = result.level
    and worker.organisation_id = result.organisation_id
    and worker.team_id = result.team_id
    and worker.period = result.period
