-- grain: audit x item, subscale or total, as published for research
create or replace table results.audit_scores as
with scored as (
    select
        organisation_id,
        audit_id,
        item_id as part,
        cast(score_parts as double) / 13967553600.0 as score,
        cast(null as double) as lowest,
        cast(null as double) as highest,
        cast(null as varchar) as band,
        status
    from audit.item
    union all
    select
        part.organisation_id,
        part.audit_id,
        part.part,
        case
            when part.status in ('shown', 'single_indicator') then
                cast(part.score_sum as double)
                * case when part.part_kind = 'total' then audit.total_points else 1 end
                / (part.scored_count * 13967553600.0)
        end as score,
        case
            when part.applicable_count > 0 then
                cast(part.lowest_sum as double)
                * case when part.part_kind = 'total' then audit.total_points else 1 end
                / (part.applicable_count * 13967553600.0)
        end as lowest,
        case
            when part.applicable_count > 0 then
                cast(part.highest_sum as double)
                * case when part.part_kind = 'total' then audit.total_points else 1 end
                / (part.applicable_count * 13967553600.0)
        end as highest,
        -- the band in which both bounds lie, compared as exact fractions
        case
            when part.status in ('shown', 'single_indicator') and known.instrument is not null
                then coalesce(band.band, 'not_determined')
        end as band,
        part.status
    from audit.part as part
    inner join audit.audit as audit
        on audit.organisation_id = part.organisation_id
        and audit.audit_id = part.audit_id
    left join (
        select distinct
            organisation_id,
            instrument,
            part_kind
        from catalogue.audit_band
    ) as known
        on known.organisation_id = audit.organisation_id
        and known.instrument = audit.instrument
        and known.part_kind = part.part_kind
    left join catalogue.audit_band as band
        on band.organisation_id = audit.organisation_id
        and band.instrument = audit.instrument
        and band.part_kind = part.part_kind
        and (
            band.lower_parts is null
            or part.lowest_sum * band.points * 100
            >= cast(band.lower_parts as decimal(18, 0)) * part.applicable_count * 13967553600
        )
        and (
            band.upper_parts is null
            or part.highest_sum * band.points * 100
            < cast(band.upper_parts as decimal(18, 0)) * part.applicable_count * 13967553600
        )
)
select
    audit.organisation_id,
    audit.team_id,
    audit.audit_id,
    audit.audit_date,
    audit.round,
    audit.instrument,
    scored.part,
    scored.score,
    scored.lowest,
    scored.highest,
    scored.band,
    cast(audit.raters as integer) as raters,
    scored.status
from scored
inner join audit.audit as audit
    on audit.organisation_id = scored.organisation_id
    and audit.audit_id = scored.audit_id
order by
    audit.organisation_id,
    audit.team_id,
    audit.audit_date,
    audit.audit_id,
    scored.part
