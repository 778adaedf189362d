-- grain: one row per audit
-- An audit speaks of the work of a team: with too few support workers in service on its day, it is
-- personal data of those few. That it was held, and when, is no secret.
create or replace table protected.audit_disclosure as
with in_service as (
    select
        audit.organisation_id,
        audit.audit_id,
        count(distinct stay.worker_id) as workers_count
    from audit.audit as audit
    inner join fact.worker_row as stay
        on stay.organisation_id = audit.organisation_id
        and stay.team_id = audit.team_id
        and stay.start_date <= audit.audit_date
        and (stay.end_date is null or stay.end_date >= audit.audit_date)
    group by audit.organisation_id, audit.audit_id
)
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    coalesce(in_service.workers_count, 0) < $minimum_workers::integer as is_suppressed
from audit.audit as audit
left join in_service
    on in_service.organisation_id = audit.organisation_id
    and in_service.audit_id = audit.audit_id;
