-- grain: instrument x version x scale x informant: one T0 standard deviation of the whole
-- installation, from exact sums; never one per organisation
create or replace table outcome.t0_spread as
with summed as (
    select
        measurement.instrument,
        measurement.instrument_version,
        measurement.scale,
        measurement.informant,
        count(*) as score_count,
        sum(cast(measurement.score * 100 as hugeint)) as total,
        sum(cast(measurement.score * 100 as hugeint) * cast(measurement.score * 100 as hugeint))
            as total_squared
    from outcome.measurement as measurement
    where measurement.moment = 'T0'
        and measurement.use_status = 'used'
    group by
        measurement.instrument,
        measurement.instrument_version,
        measurement.scale,
        measurement.informant
)
select
    instrument,
    instrument_version,
    scale,
    informant,
    score_count,
    find_sd(score_count, total, total_squared) as sd
from summed
