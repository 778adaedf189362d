-- grain: audit with a round before it x item, subscale or total: the change since that round
create or replace table results.audit_change as
select
    score.organisation_id,
    score.team_id,
    score.audit_id,
    score.audit_date,
    score.round,
    score.instrument,
    score.part,
    audit.previous_audit_id,
    before.audit_date as previous_audit_date,
    before.round as previous_round,
    before.score as previous_score,
    score.score,
    score.score - before.score as score_change
from results.audit_scores as score
inner join audit.audit as audit
    on audit.organisation_id = score.organisation_id
    and audit.audit_id = score.audit_id
inner join results.audit_scores as before
    on before.organisation_id = audit.organisation_id
    and before.audit_id = audit.previous_audit_id
    and before.part = score.part
order by
    score.organisation_id,
    score.team_id,
    score.audit_date,
    score.audit_id,
    score.part
