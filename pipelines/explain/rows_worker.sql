-- grain: unit x staged row behind it, for units that are a worker within a team: the rows of the
-- worker in the span, the training that counts, and the sessions of the kind that is counted
with rule as (
    select *
    from catalogue.indicator
    where organisation_id = $organisation_id
        and indicator_key = $indicator_key
),
worker_unit as (
    select
        unit.unit_number,
        unit.organisation_id,
        unit.team_id,
        substr(unit.unit_id, length(unit.team_id) + 2) as worker_id,
        -- a stock looks at the last day, a rate at every day of the period
        case when rule.shape = 'rate' then period.first_day else period.until_day end as first_day,
        period.until_day
    from explained_unit as unit
    cross join rule
    inner join fact.period as period
        on period.organisation_id = unit.organisation_id
        and period.period = $period
    where unit.unit_kind = 'worker'
)
select
    unit.unit_number,
    'worker' as record_kind,
    worker.rowid as row_id
from worker_unit as unit
inner join fact.worker_row as stay
    on stay.organisation_id = unit.organisation_id
    and stay.team_id = unit.team_id
    and stay.worker_id = unit.worker_id
    and stay.start_date <= unit.until_day
    and (stay.end_date is null or stay.end_date >= unit.first_day)
inner join staged.worker as worker
    on worker.organisation_id = stay.organisation_id
    and worker.team_id = stay.team_id
    and worker.worker_id = stay.worker_id
    and worker.start_date = stay.start_date
union all
select
    unit.unit_number,
    'training' as record_kind,
    training.rowid as row_id
from worker_unit as unit
cross join rule
inner join staged.training as training
    on training.organisation_id = unit.organisation_id
    and training.worker_id = unit.worker_id
    and training.kind = 'basic'
where rule.answer = 'worker.has_basic_training'
union all
select
    unit.unit_number,
    'supervision' as record_kind,
    supervision.rowid as row_id
from worker_unit as unit
cross join rule
inner join fact.session as session
    on session.organisation_id = unit.organisation_id
    and session.team_id = unit.team_id
    and session.worker_id = unit.worker_id
    and session.session_kind = rule.session_kind
    and session.session_date >= unit.first_day
    and session.session_date <= unit.until_day
inner join staged.supervision as supervision
    on supervision.organisation_id = session.organisation_id
    and supervision.supervision_id = session.supervision_id
where rule.shape = 'rate'
