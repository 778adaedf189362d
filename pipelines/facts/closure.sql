-- grain: one closure dated by known_until of a trajectory of the method
-- exclusion_reason says why it is not a planned closure with contact (empty: it is one)
create or replace table fact.closure as
with told as (
    select
        closure.organisation_id,
        trajectory.team_id,
        closure.trajectory_id,
        closure.closure_date,
        closure.without_contact,
        -- as delivered, else by reason code, else unknown
        coalesce(closure.planned, reason.meaning = 'planned') as is_planned,
        closure.exit_interview,
        closure.safety_plan,
        closure.final_evaluation,
        closure.network_meeting,
        closure.final_report
    from staged.closure as closure
    inner join fact.trajectory as trajectory
        on trajectory.organisation_id = closure.organisation_id
        and trajectory.trajectory_id = closure.trajectory_id
        and trajectory.is_method
        and closure.closure_date <= trajectory.known_until
    left join catalogue.code as reason
        on reason.organisation_id = closure.organisation_id
        and reason.code_list = 'closure_reason'
        and reason.code = closure.reason_code
)
select
    organisation_id,
    team_id,
    trajectory_id,
    closure_date,
    without_contact,
    exit_interview,
    safety_plan,
    final_evaluation,
    network_meeting,
    final_report,
    case
        when without_contact then 'not_applicable'
        when is_planned is null then 'not_recorded'
        when not is_planned then 'not_applicable'
    end as exclusion_reason
from told
