-- grain: requirement x trajectory of its programme, in the quarter in which the limit falls
create or replace table score.unit_early_contact as
with candidate as (
    select
        requirement.requirement_key as indicator_key,
        requirement.moment_count,
        trajectory.organisation_id,
        trajectory.team_id,
        trajectory.trajectory_id,
        trajectory.start_date,
        trajectory.end_date,
        trajectory.known_until,
        trajectory.start_date + requirement.limit_days as limit_date
    from catalogue.requirement as requirement
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = requirement.organisation_id
        and trajectory.programme = requirement.programme
    where requirement.kind = 'early_contact'
),
judged as (
    select
        candidate.*,
        coalesce(contact.fitting_count, 0) >= candidate.moment_count as is_met,
        case
            when start.first_date is null or candidate.limit_date < start.first_date
                then 'kind_not_delivered'
            when candidate.limit_date < team.first_date or candidate.start_date < start.first_date
                then 'before_first_record'
            when candidate.limit_date > candidate.known_until then 'not_yet_due'
            when candidate.end_date < candidate.limit_date then 'ended_before_limit'
            -- fails as recorded, but the empty places and counterparts could make it succeed
            when coalesce(contact.fitting_count, 0) < candidate.moment_count
                and contact.possible_count >= candidate.moment_count
                then 'not_recorded'
        end as exclusion_reason
    from candidate
    inner join score.indicator_start as start
        on start.indicator_key = candidate.indicator_key
        and start.organisation_id = candidate.organisation_id
    inner join fact.team as team
        on team.organisation_id = candidate.organisation_id
        and team.team_id = candidate.team_id
    left join fact.early_contact as contact
        on contact.requirement_key = candidate.indicator_key
        and contact.organisation_id = candidate.organisation_id
        and contact.trajectory_id = candidate.trajectory_id
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    day.quarter as period,
    'trajectory' as unit_kind,
    judged.trajectory_id as unit_id,
    judged.trajectory_id,
    judged.exclusion_reason,
    case when judged.exclusion_reason is null then judged.is_met end as is_met
from judged
inner join fact.day as day
    on day.day = judged.limit_date
