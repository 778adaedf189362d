-- grain: one audit held on or before known_until; raters is empty when nobody rated by himself
create or replace table fact.audit as
with rated as (
    select
        organisation_id,
        audit_id,
        count(distinct case when not is_consensus then assessor_id end) as rater_count,
        max(case when is_consensus then 1 else 0 end) as consensus_flag
    from staged.audit_rating
    group by
        organisation_id,
        audit_id
)
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    audit.audit_date,
    audit.round,
    audit.instrument,
    audit.instrument_version,
    nullif(rated.rater_count, 0) as raters,
    coalesce(rated.consensus_flag, 0) = 1 as has_consensus
from staged.fidelity_audit as audit
inner join staged.organisation as organisation
    on organisation.organisation_id = audit.organisation_id
    and audit.audit_date <= organisation.known_until
left join rated
    on rated.organisation_id = audit.organisation_id
    and rated.audit_id = audit.audit_id
