-- grain: one audit that was held, with its instrument as the catalogue calls it
-- An instrument that is not in the catalogue keeps the name it came with and has no items. The round
-- before and after is one with the same instrument in the same version: others do not compare.
create or replace table audit.audit as
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    audit.audit_date,
    audit.round,
    coalesce(instrument.instrument, audit.instrument) as instrument,
    audit.instrument_version,
    instrument.instrument is not null as is_declared,
    coalesce(instrument.is_listed, false) as is_listed,
    coalesce(instrument.lowest_rating, 1) as lowest_rating,
    coalesce(instrument.highest_rating, 5) as highest_rating,
    case when instrument.total_rule = 'sum' then instrument.item_count else 1 end as total_points,
    audit.raters,
    audit.has_consensus,
    lag(audit.audit_id) over (
        partition by
            audit.organisation_id,
            audit.team_id,
            coalesce(instrument.instrument, audit.instrument),
            lower(trim(audit.instrument_version))
        order by
            audit.audit_date,
            audit.audit_id
    ) as previous_audit_id,
    lead(audit.audit_id) over (
        partition by
            audit.organisation_id,
            audit.team_id,
            coalesce(instrument.instrument, audit.instrument),
            lower(trim(audit.instrument_version))
        order by
            audit.audit_date,
            audit.audit_id
    ) as next_audit_id
from fact.audit as audit
left join catalogue.audit_name as name
    on name.organisation_id = audit.organisation_id
    and name.name = lower(trim(audit.instrument))
left join catalogue.audit_instrument as instrument
    on instrument.organisation_id = name.organisation_id
    and instrument.instrument = name.instrument
