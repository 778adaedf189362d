-- grain: team x instrument and version x period whose last day lies between two audits of the team
-- Straight between the two totals; nothing is said before the first audit or after the last.
create or replace table results.audit_interpolated as
with dated as (
    select
        score.organisation_id,
        score.team_id,
        score.instrument,
        lower(trim(audit.instrument_version)) as instrument_version,
        score.audit_date,
        avg(score.score) as score
    from results.audit_scores as score
    inner join audit.audit as audit
        on audit.organisation_id = score.organisation_id
        and audit.audit_id = score.audit_id
    where score.part = 'total'
        and score.status in ('shown', 'single_indicator')
    group by
        score.organisation_id,
        score.team_id,
        score.instrument,
        lower(trim(audit.instrument_version)),
        score.audit_date
),
stretch as (
    select
        dated.*,
        lead(audit_date) over (
            partition by organisation_id, team_id, instrument, instrument_version
            order by audit_date
        ) as next_date,
        lead(score) over (
            partition by organisation_id, team_id, instrument, instrument_version
            order by audit_date
        ) as next_score
    from dated
)
select
    stretch.organisation_id,
    stretch.team_id,
    stretch.instrument,
    stretch.instrument_version,
    period.period,
    period.last_day as at_date,
    case
        when period.last_day = stretch.audit_date then stretch.score
        else stretch.score
        + (stretch.next_score - stretch.score)
        * (period.last_day - stretch.audit_date)
        / (stretch.next_date - stretch.audit_date)
    end as score,
    stretch.audit_date as audit_date_before,
    case when period.last_day > stretch.audit_date then stretch.next_date else stretch.audit_date end
        as audit_date_after
from stretch
inner join fact.period as period
    on period.organisation_id = stretch.organisation_id
    and (
        period.last_day = stretch.audit_date
        or (period.last_day > stretch.audit_date and period.last_day < stretch.next_date)
    )
order by
    stretch.organisation_id,
    stretch.team_id,
    stretch.instrument,
    stretch.instrument_version,
    period.period
