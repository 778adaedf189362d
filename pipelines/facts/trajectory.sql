-- grain: one trajectory that began by the organisation's known_until
create or replace table fact.trajectory as
with closing as (
    select
        closure.organisation_id,
        closure.trajectory_id,
        closure.closure_date
    from staged.closure as closure
    inner join staged.organisation as organisation
        on organisation.organisation_id = closure.organisation_id
    left join catalogue.code as reason
        on reason.organisation_id = closure.organisation_id
        and reason.code_list = 'closure_reason'
        and reason.code = closure.reason_code
    where closure.closure_date <= organisation.known_until
        -- a temporary end or a change request closes a file, not the support
        and coalesce(reason.is_end, true)
)
select
    trajectory.organisation_id,
    trajectory.trajectory_id,
    trajectory.team_id,
    nullif(trajectory.client_id, '') as client_id,
    trajectory.programme,
    programme.is_method,
    trajectory.start_date,
    -- an end date in the future is no end yet, and no closure takes its place
    case
        when trajectory.end_date <= organisation.known_until then trajectory.end_date
        when trajectory.end_date is null then closing.closure_date
    end as end_date,
    trajectory.end_date is null and closing.closure_date is not null as is_end_from_closure,
    organisation.known_until
from staged.trajectory as trajectory
inner join staged.organisation as organisation
    on organisation.organisation_id = trajectory.organisation_id
inner join catalogue.programme as programme
    on programme.organisation_id = trajectory.organisation_id
    and programme.programme = trajectory.programme
left join closing
    on closing.organisation_id = trajectory.organisation_id
    and closing.trajectory_id = trajectory.trajectory_id
where trajectory.start_date <= organisation.known_until
