-- grain: requirement x organisation x team (empty: the organisation) x period that has a row
create or replace table results.requirement_results as
with tested as (
    select
        requirement.requirement_id,
        requirement.kind,
        requirement.is_maximum,
        requirement.has_chance_guard,
        coalesce(requirement.norm_parts, 10000 * setting.value) as norm_parts,
        result.organisation_id,
        result.team_id,
        result.period,
        result.status,
        result.value,
        result.ci_high,
        result.numerator * result.denominator_parts * 10000 as value_parts,
        result.denominator * result.numerator_parts as whole_parts,
        result.counted_weight = 0 and result.excluded_count = 0 as is_without_unit,
        start.first_date is null or start.first_date > scope.until_day as is_undelivered,
        result.status in ('scored', 'no_norm')
        or coalesce(
            result.status = 'too_few' and result.counted_weight >= requirement.minimum_units,
            false
        ) as is_testable
    from catalogue.requirement as requirement
    inner join score.result as result
        on result.organisation_id = requirement.organisation_id
        and result.indicator_id = requirement.indicator_id
        and result.is_leading
        and result.level in ('team', 'organisation')
    inner join score.scope as scope
        on scope.level = result.level
        and scope.organisation_id = result.organisation_id
        and scope.team_id = result.team_id
        and scope.period = result.period
    inner join score.indicator_start as start
        on start.indicator_key = result.indicator_key
        and start.organisation_id = result.organisation_id
    left join staged.programme_setting as setting
        on setting.organisation_id = result.organisation_id
        and setting.programme = 'krachtwerk'
        and setting.setting = requirement.norm_setting
),
judged as (
    select
        tested.*,
        case
            when kind = 'early_contact' and is_without_unit then 'not_applicable'
            when kind = 'early_contact' and is_undelivered then 'not_assessable'
            when not is_testable then 'not_assessable'
            when is_maximum and value_parts <= norm_parts * whole_parts then 'met'
            when not is_maximum and value_parts >= norm_parts * whole_parts then 'met'
            -- a team that usually meets the norm can fall below it by chance
            when has_chance_guard and ci_high >= cast(norm_parts as double) / 10000 then 'uncertain'
            else 'not_met'
        end as verdict
    from tested
),
indicator_based as (
    select
        organisation_id,
        team_id,
        period,
        requirement_id,
        value,
        cast(norm_parts as double) / 10000 as norm,
        verdict as status,
        case
            when verdict = 'not_applicable' then 'no_cti_limit'
            when kind = 'early_contact' and is_undelivered then 'kind_not_delivered'
            when verdict = 'not_assessable' then status
            when verdict = 'met' then 'meets_norm'
            when verdict = 'not_met' then 'fails_norm'
            else 'could_be_chance'
        end as reason
    from judged
),
every_kind as (
    select organisation_id, team_id, period, requirement_id, value, norm, status, reason
    from indicator_based
    union all
    select organisation_id, team_id, period, requirement_id, value, norm, status, reason
    from score.requirement_audit
)
select
    organisation_id,
    nullif(team_id, '') as team_id,
    period,
    requirement_id,
    value,
    norm,
    status,
    reason
from every_kind
order by
    requirement_id,
    organisation_id,
    team_id nulls first,
    period
