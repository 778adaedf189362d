-- grain: level x organisation x team x period (of the start) x breakdown x category x instrument x
-- informant x stage; a stage is counted among the stage before it (T1 and T2 both among T0)
create or replace table results.outcome_flow as
with told as (
    select
        *,
        cast(denominator > 0 as bigint) as organisations_counted
    from outcome.flow_cell
    union all by name
    select *
    from outcome.flow_cell_all
)
select
    counted.level,
    counted.organisation_id,
    counted.team_id,
    counted.period,
    counted.breakdown,
    counted.category,
    counted.instrument,
    counted.informant,
    counted.stage,
    counted.numerator,
    counted.denominator,
    counted.numerator / nullif(counted.denominator, 0) as share,
    counted.before_first_record_count,
    counted.not_yet_due_count,
    counted.ended_count,
    counted.missed_count,
    counted.outside_window_count,
    counted.numerator_clients_count,
    counted.clients_count,
    counted.organisations_counted,
    period.is_provisional,
    concat_ws(
        '|',
        'flow',
        coalesce(counted.organisation_id, ''),
        coalesce(counted.team_id, ''),
        counted.period,
        counted.breakdown,
        coalesce(counted.category, ''),
        counted.instrument,
        counted.informant,
        counted.stage
    ) as outcome_key
from told as counted
inner join outcome.period as period
    on period.period = counted.period
    and period.organisation_id is not distinct from counted.organisation_id
order by
    counted.level,
    counted.organisation_id,
    counted.team_id,
    counted.period,
    counted.breakdown,
    counted.category,
    counted.instrument,
    counted.informant,
    counted.stage_order
