-- grain: trajectory x quarter on whose last known day it was open (stock at the end of the quarter)
create or replace table fact.open_trajectory as
select
    trajectory.organisation_id,
    trajectory.team_id,
    period.period,
    period.until_day,
    trajectory.trajectory_id,
    trajectory.programme,
    trajectory.is_method,
    trajectory.start_date
from fact.trajectory as trajectory
inner join fact.period as period
    on period.organisation_id = trajectory.organisation_id
    and period.period_kind = 'quarter'
    and trajectory.start_date <= period.until_day
    and (trajectory.end_date is null or trajectory.end_date > period.until_day)
