-- grain: anchored indicator x level x organisation x team x period about which the row can say something
create or replace table score.applicable as
with anchored as (
    select distinct
        organisation_id,
        indicator_id
    from catalogue.profile_part
),
own as (
    select
        scope.level,
        scope.organisation_id,
        scope.team_id,
        scope.period,
        indicator.indicator_id
    from score.scope as scope
    inner join anchored
        on anchored.organisation_id = scope.organisation_id
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = anchored.organisation_id
        and indicator.indicator_id = anchored.indicator_id
        and indicator.is_leading
    inner join score.indicator_start as start
        on start.indicator_key = indicator.indicator_key
        and start.organisation_id = scope.organisation_id
        and start.first_date <= scope.until_day
    left join score.tally as tally
        on tally.indicator_key = indicator.indicator_key
        and tally.level = scope.level
        and tally.organisation_id = scope.organisation_id
        and tally.team_id = scope.team_id
        and tally.period = scope.period
    left join score.worker_group as worker_group
        on worker_group.worker_group = indicator.profile_group
        and worker_group.level = scope.level
        and worker_group.organisation_id = scope.organisation_id
        and worker_group.team_id = scope.team_id
        and worker_group.period = scope.period
    where scope.level <> 'all'
        and (tally.shown_count is null or tally.shown_count > 0)
        and (
            indicator.profile_group is null
            or coalesce(worker_group.worker_count, 0) >= indicator.profile_group_minimum
        )
)
select
    level,
    organisation_id,
    team_id,
    period,
    indicator_id
from own
union all
select distinct
    'all' as level,
    '' as organisation_id,
    '' as team_id,
    own.period,
    own.indicator_id
from own
inner join anchored
    on anchored.organisation_id = ''
    and anchored.indicator_id = own.indicator_id
where own.level = 'organisation'
