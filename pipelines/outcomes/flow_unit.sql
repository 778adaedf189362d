-- grain: trajectory of the cohort x instrument x informant that its organisation uses
-- t0_status: before_first_record (the window closed before the organisation's first measurement),
-- not_yet_due, measured, ended, missed; t1_status and t2_status only after a T0 that was measured.
-- A window that is still open is not_yet_due, measured or not: counting only the quick ones would
-- bias. ended: not measured and support ended before the window closed.
create or replace table outcome.flow_unit as
with instrument_use as (
    select
        organisation_id,
        instrument,
        informant,
        min(measured_date) as first_measured_date
    from outcome.measurement
    group by
        organisation_id,
        instrument,
        informant
),
measured as (
    select
        organisation_id,
        trajectory_id,
        instrument,
        informant,
        bool_or(moment = 'T0' and use_status = 'used') as has_t0,
        bool_or(moment = 'T1' and use_status = 'used') as has_t1,
        bool_or(moment = 'T2' and use_status = 'used') as has_t2,
        bool_or(moment = 'T0' and use_status = 'outside_window') as has_t0_outside,
        bool_or(moment = 'T1' and use_status = 'outside_window') as has_t1_outside,
        bool_or(moment = 'T2' and use_status = 'outside_window') as has_t2_outside
    from outcome.measurement
    group by
        organisation_id,
        trajectory_id,
        instrument,
        informant
),
unit as (
    select
        cohort.*,
        instrument_use.instrument,
        instrument_use.informant,
        instrument_use.first_measured_date,
        coalesce(measured.has_t0, false) as has_t0,
        coalesce(measured.has_t1, false) as has_t1,
        coalesce(measured.has_t2, false) as has_t2,
        coalesce(measured.has_t0_outside, false) as has_t0_outside,
        coalesce(measured.has_t1_outside, false) as has_t1_outside,
        coalesce(measured.has_t2_outside, false) as has_t2_outside
    from outcome.cohort as cohort
    inner join instrument_use
        on instrument_use.organisation_id = cohort.organisation_id
    left join measured
        on measured.organisation_id = cohort.organisation_id
        and measured.trajectory_id = cohort.trajectory_id
        and measured.instrument = instrument_use.instrument
        and measured.informant = instrument_use.informant
),
started as (
    select
        *,
        case
            when t0_last_day < first_measured_date then 'before_first_record'
            when t0_last_day > known_until then 'not_yet_due'
            when has_t0 then 'measured'
            when end_date <= t0_last_day then 'ended'
            else 'missed'
        end as t0_status
    from unit
)
select
    organisation_id,
    team_id,
    trajectory_id,
    client_id,
    is_returning,
    quarter,
    year,
    programme,
    target_group,
    instrument,
    informant,
    t0_status,
    case
        when t0_status <> 'measured' then null
        when t1_last_day > known_until then 'not_yet_due'
        when has_t1 then 'measured'
        when end_date <= t1_last_day then 'ended'
        else 'missed'
    end as t1_status,
    case
        when t0_status <> 'measured' then null
        when t2_last_day > known_until then 'not_yet_due'
        when has_t2 then 'measured'
        when end_date <= t2_last_day then 'ended'
        else 'missed'
    end as t2_status,
    has_t0_outside and not has_t0 as is_t0_outside,
    has_t1_outside and not has_t1 as is_t1_outside,
    has_t2_outside and not has_t2 as is_t2_outside
from started
