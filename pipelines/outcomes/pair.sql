-- grain: trajectory x instrument x version x scale x informant x pair of moments whose T0 is used
-- and whose later window is over; score_later is empty for the lost
create or replace table outcome.pair as
with used as (
    select *
    from outcome.measurement
    where use_status = 'used'
),
due as (
    select
        unit.organisation_id,
        unit.trajectory_id,
        unit.team_id,
        unit.client_id,
        unit.is_returning,
        unit.quarter,
        unit.year,
        unit.programme,
        unit.target_group,
        unit.instrument,
        unit.informant,
        moment.later_moment
    from outcome.flow_unit as unit
    inner join (values ('T1'), ('T2')) as moment (later_moment)
        on case moment.later_moment when 'T1' then unit.t1_status else unit.t2_status end
            <> 'not_yet_due'
    where unit.t0_status = 'measured'
)
select
    due.*,
    'T0-' || due.later_moment as moments,
    before.instrument_version,
    before.scale,
    before.score as score_t0,
    later.score as score_later,
    later.score - before.score as change
from due
inner join used as before
    on before.organisation_id = due.organisation_id
    and before.trajectory_id = due.trajectory_id
    and before.instrument = due.instrument
    and before.informant = due.informant
    and before.moment = 'T0'
left join used as later
    on later.organisation_id = before.organisation_id
    and later.trajectory_id = before.trajectory_id
    and later.instrument = before.instrument
    and later.instrument_version = before.instrument_version
    and later.scale = before.scale
    and later.informant = before.informant
    and later.moment = due.later_moment
