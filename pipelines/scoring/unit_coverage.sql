-- grain: indicator x trajectory or closure, with the codes it touched and the length of its list
create or replace table score.unit_coverage as
with listed as (
    select
        indicator.indicator_key,
        indicator.population,
        period.organisation_id,
        period.year,
        code.code
    from catalogue.indicator as indicator
    inner join catalogue.code as code
        on code.organisation_id = indicator.organisation_id
        and code.code_list = indicator.code_list
    inner join fact.period as period
        on period.organisation_id = indicator.organisation_id
        and period.period_kind = 'year'
    left join fact.dropped_code as dropped
        on dropped.population = indicator.population
        and dropped.organisation_id = period.organisation_id
        and dropped.year = period.year
        and dropped.code = code.code
    where indicator.shape = 'coverage'
        and dropped.code is null
),
list_length as (
    select
        indicator_key,
        organisation_id,
        year,
        count(*) as code_count
    from listed
    group by
        indicator_key,
        organisation_id,
        year
),
judged as (
    select
        indicator.indicator_key,
        unit.*,
        period.year,
        case
            when start.first_date is null or unit.unit_date < start.first_date
                then 'kind_not_delivered'
            when unit.unit_date < team.first_date then 'before_first_record'
            else unit.exclusion_reason
        end as reason
    from catalogue.indicator as indicator
    inner join fact.coverage_unit as unit
        on unit.organisation_id = indicator.organisation_id
        and unit.population = indicator.population
    inner join fact.period as period
        on period.organisation_id = unit.organisation_id
        and period.period = unit.period
    inner join score.indicator_start as start
        on start.indicator_key = indicator.indicator_key
        and start.organisation_id = unit.organisation_id
    inner join fact.team as team
        on team.organisation_id = unit.organisation_id
        and team.team_id = unit.team_id
    where indicator.shape = 'coverage'
),
touched as (
    select
        judged.indicator_key,
        judged.organisation_id,
        judged.period,
        judged.unit_id,
        count(*) as code_count
    from judged
    inner join fact.touch as touch
        on touch.population = judged.population
        and touch.organisation_id = judged.organisation_id
        and touch.touch_key = judged.touch_key
        and touch.touch_date <= judged.touch_until
    inner join listed
        on listed.indicator_key = judged.indicator_key
        and listed.organisation_id = judged.organisation_id
        and listed.year = judged.year
        and listed.code = touch.code
    where judged.reason is null
    group by
        judged.indicator_key,
        judged.organisation_id,
        judged.period,
        judged.unit_id
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    judged.unit_kind,
    judged.unit_id,
    judged.trajectory_id,
    judged.reason as exclusion_reason,
    case when judged.reason is null then coalesce(touched.code_count, 0) end as numerator,
    case when judged.reason is null then list_length.code_count end as denominator
from judged
inner join list_length
    on list_length.indicator_key = judged.indicator_key
    and list_length.organisation_id = judged.organisation_id
    and list_length.year = judged.year
left join touched
    on touched.indicator_key = judged.indicator_key
    and touched.organisation_id = judged.organisation_id
    and touched.period = judged.period
    and touched.unit_id = judged.unit_id
