-- grain: audit requirement x organisation x team (empty: the organisation) x period that has a row
create or replace table score.requirement_audit as
with held as (
    select
        team_period.organisation_id,
        team_period.team_id,
        team_period.period,
        audit.raters
    from fact.team_period as team_period
    inner join fact.audit as audit
        on audit.organisation_id = team_period.organisation_id
        and audit.team_id = team_period.team_id
        and audit.audit_date >= team_period.first_day
        and audit.audit_date <= team_period.until_day
),
levelled as (
    select organisation_id, team_id, period, raters
    from held
    union all
    select organisation_id, '' as team_id, period, raters
    from held
),
rated as (
    select
        organisation_id,
        team_id,
        period,
        count(*) as audit_count,
        count(raters) as known_count,
        min(raters) as least_raters
    from levelled
    group by
        organisation_id,
        team_id,
        period
),
raters_judged as (
    select
        requirement.requirement_id,
        scope.organisation_id,
        scope.team_id,
        scope.period,
        rated.least_raters,
        requirement.norm_parts,
        case
            when rated.audit_count is null then 'no_audit'
            when 10000 * rated.least_raters < requirement.norm_parts then 'fails_norm'
            when rated.known_count < rated.audit_count then 'raters_unknown'
            else 'meets_norm'
        end as reason
    from catalogue.requirement as requirement
    inner join score.scope as scope
        on scope.organisation_id = requirement.organisation_id
        and scope.level in ('team', 'organisation')
    left join rated
        on rated.organisation_id = scope.organisation_id
        and rated.team_id = scope.team_id
        and rated.period = scope.period
    where requirement.kind = 'audit'
        and requirement.rhythm_first_days is null
),
audited as (
    select distinct organisation_id
    from fact.audit
),
-- of every team in every period: its baseline and its latest audit so far
dated as (
    select
        scope.organisation_id,
        scope.team_id,
        scope.period,
        scope.until_day,
        case
            when organisation.method_start > team.start_date then organisation.method_start
            else team.start_date
        end as start_day,
        team.end_date is null or team.end_date >= scope.until_day as is_active,
        audited.organisation_id is not null as is_delivered,
        min(case when audit.round = 'baseline' then audit.audit_date end) as baseline_date,
        max(audit.audit_date) as latest_date
    from score.scope as scope
    inner join fact.team as team
        on team.organisation_id = scope.organisation_id
        and team.team_id = scope.team_id
    inner join staged.organisation as organisation
        on organisation.organisation_id = scope.organisation_id
    left join audited
        on audited.organisation_id = scope.organisation_id
    left join fact.audit as audit
        on audit.organisation_id = scope.organisation_id
        and audit.team_id = scope.team_id
        and audit.audit_date <= scope.until_day
    where scope.level = 'team'
    group by
        scope.organisation_id,
        scope.team_id,
        scope.period,
        scope.until_day,
        organisation.method_start,
        team.start_date,
        team.end_date,
        audited.organisation_id
),
limited as (
    select
        requirement.requirement_id,
        dated.*,
        case
            when dated.baseline_date is null
                or dated.until_day <= cast(
                    dated.baseline_date + requirement.rhythm_first_years * interval 1 year as date
                )
                then requirement.rhythm_first_days + requirement.rhythm_grace_days
            else requirement.rhythm_later_days + requirement.rhythm_grace_days
        end as limit_days
    from catalogue.requirement as requirement
    inner join dated
        on dated.organisation_id = requirement.organisation_id
    where requirement.kind = 'audit'
        and requirement.rhythm_first_days is not null
),
rhythm_judged as (
    select
        limited.*,
        case
            when not is_active then 'team_not_active'
            when not is_delivered then 'kind_not_delivered'
            when baseline_date is null and until_day <= start_day + limit_days then 'not_yet_due'
            when baseline_date is null then 'no_baseline'
            when until_day <= latest_date + limit_days then 'meets_norm'
            else 'fails_norm'
        end as reason
    from limited
)
select
    organisation_id,
    team_id,
    period,
    requirement_id,
    cast(case when reason in ('meets_norm', 'fails_norm') then least_raters end as double) as value,
    cast(norm_parts as double) / 10000 as norm,
    case reason
        when 'no_audit' then 'not_applicable'
        when 'raters_unknown' then 'not_assessable'
        when 'meets_norm' then 'met'
        else 'not_met'
    end as status,
    reason
from raters_judged
union all
select
    organisation_id,
    team_id,
    period,
    requirement_id,
    cast(
        case when reason in ('meets_norm', 'fails_norm') then until_day - latest_date end as double
    ) as value,
    cast(
        case when reason not in ('team_not_active', 'kind_not_delivered') then limit_days end
        as double
    ) as norm,
    case reason
        when 'team_not_active' then 'not_applicable'
        when 'kind_not_delivered' then 'not_assessable'
        when 'not_yet_due' then 'not_applicable'
        when 'meets_norm' then 'met'
        else 'not_met'
    end as status,
    reason
from rhythm_judged
