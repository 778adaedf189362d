-- grain: one delivered measurement of a trajectory in the cohort, dated by known_until
-- use_status: used, or why not (not_discussed, out_of_range, no_window, outside_window,
-- another_chosen); the delivered label decides the moment, the window only admits it
create or replace table outcome.measurement as
with named as (
    select
        cohort.organisation_id,
        cohort.trajectory_id,
        scale.instrument,
        scale.instrument_version,
        scale.scale,
        measurement.informant,
        measurement.moment,
        measurement.measured_date,
        measurement.score,
        measurement.delivery_rank,
        measurement.row_number,
        scale.minimum,
        scale.maximum,
        not_discussed.score is not null as is_not_discussed,
        case measurement.moment
            when 'T0' then cohort.t0_first_day
            when 'T1' then cohort.t1_first_day
            when 'T2' then cohort.t2_first_day
        end as first_day,
        case measurement.moment
            when 'T0' then cohort.t0_target_day
            when 'T1' then cohort.t1_target_day
            when 'T2' then cohort.t2_target_day
        end as target_day,
        case measurement.moment
            when 'T0' then cohort.t0_last_day
            when 'T1' then cohort.t1_last_day
            when 'T2' then cohort.t2_last_day
        end as last_day
    from staged.outcome_measurement as measurement
    inner join outcome.cohort as cohort
        on cohort.organisation_id = measurement.organisation_id
        and cohort.trajectory_id = measurement.trajectory_id
        and measurement.measured_date <= cohort.known_until
    inner join outcome.scale as scale
        on scale.delivered_instrument = measurement.instrument
        and scale.delivered_version = coalesce(measurement.instrument_version, '')
        and scale.delivered_scale = measurement.scale
    left join outcome.not_discussed as not_discussed
        on not_discussed.instrument = scale.instrument
        and not_discussed.score = measurement.score
),
admitted as (
    select
        *,
        case
            when score is null or is_not_discussed then 'not_discussed'
            when score < minimum or score > maximum then 'out_of_range'
            when target_day is null then 'no_window'
            when measured_date not between first_day and last_day then 'outside_window'
            else 'used'
        end as admission
    from named
),
ranked as (
    select
        *,
        row_number() over (
            partition by
                organisation_id,
                trajectory_id,
                instrument,
                instrument_version,
                scale,
                informant,
                moment,
                admission
            order by
                abs(measured_date - target_day),
                measured_date,
                delivery_rank desc,
                row_number desc
        ) as choice
    from admitted
)
select
    organisation_id,
    trajectory_id,
    instrument,
    instrument_version,
    scale,
    informant,
    moment,
    measured_date,
    score,
    case
        when admission = 'used' and choice > 1 then 'another_chosen'
        else admission
    end as use_status
from ranked
