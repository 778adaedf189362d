-- grain: one supervision session of a support worker in service on that day, in one team
create or replace table fact.session as
with placed as (
    select
        supervision.organisation_id,
        supervision.supervision_id,
        supervision.session_date,
        supervision.kind as session_kind,
        stay.worker_id,
        stay.team_id,
        -- in service in two teams on the day: the stay that began last, then the first team
        row_number() over (
            partition by supervision.organisation_id, supervision.supervision_id
            order by
                stay.start_date desc,
                stay.team_id
        ) as choice
    from staged.supervision as supervision
    inner join staged.organisation as organisation
        on organisation.organisation_id = supervision.organisation_id
        and supervision.session_date <= organisation.known_until
    inner join fact.worker_row as stay
        on stay.organisation_id = supervision.organisation_id
        and stay.worker_id = supervision.worker_id
        and stay.start_date <= supervision.session_date
        and (stay.end_date is null or stay.end_date >= supervision.session_date)
)
select
    organisation_id,
    supervision_id,
    session_date,
    session_kind,
    worker_id,
    team_id
from placed
where choice = 1
