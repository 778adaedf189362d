-- grain: instrument x version x scale x informant: the change that is more than the instrument's own
-- noise (Jacobson & Truax 1991); threshold empty without reliability, direction or a usable spread
create or replace table outcome.norm as
with named as (
    select distinct
        instrument,
        instrument_version,
        scale,
        is_higher_better,
        reliability,
        reliability_kind,
        reliability_source,
        published_sd,
        published_sd_source
    from outcome.scale
),
chosen as (
    select
        t0_spread.instrument,
        t0_spread.instrument_version,
        t0_spread.scale,
        t0_spread.informant,
        named.is_higher_better,
        named.reliability,
        named.reliability_kind,
        named.reliability_source,
        case
            when named.published_sd is not null then named.published_sd
            when t0_spread.score_count >= 30 and t0_spread.sd > 0 then t0_spread.sd
        end as sd,
        case
            when named.published_sd is not null then named.published_sd_source
            when t0_spread.score_count >= 30 and t0_spread.sd > 0 then 'pooled_t0'
        end as sd_source,
        t0_spread.score_count as sd_count
    from outcome.t0_spread as t0_spread
    inner join named
        on named.instrument = t0_spread.instrument
        and named.instrument_version = t0_spread.instrument_version
        and named.scale = t0_spread.scale
)
select
    *,
    case
        when is_higher_better is not null
            then 1.96e0 * (sd * sqrt(2 * (1 - reliability)))
    end as threshold
from chosen
