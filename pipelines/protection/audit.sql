-- grain: one row per audit that was held
create or replace table protected.audit as
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    audit.audit_date,
    audit.round,
    audit.instrument,
    audit.instrument_version,
    audit.is_listed,
    case when not d.is_suppressed then audit.raters end as raters,
    case when not d.is_suppressed then audit.has_consensus end as has_consensus,
    audit.previous_audit_id,
    d.is_suppressed
from audit.audit as audit
inner join protected.audit_disclosure as d
    on d.organisation_id = audit.organisation_id
    and d.audit_id = audit.audit_id;
