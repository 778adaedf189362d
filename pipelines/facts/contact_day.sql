-- grain: trajectory of the method x day x place x counterpart: face-to-face contacts that took place
create or replace table fact.contact_day as
select
    contact.organisation_id,
    trajectory.team_id,
    contact.trajectory_id,
    trajectory.programme,
    trajectory.start_date,
    contact.contact_date,
    contact.place,
    contact.counterpart,
    sum(contact.contact_count) as moment_count,
    count(*) as row_count
from staged.contact as contact
inner join fact.trajectory as trajectory
    on trajectory.organisation_id = contact.organisation_id
    and trajectory.trajectory_id = contact.trajectory_id
    and trajectory.is_method
    and contact.contact_date <= trajectory.known_until
where contact.mode = 'face_to_face'
    and not contact.no_show
group by
    contact.organisation_id,
    trajectory.team_id,
    contact.trajectory_id,
    trajectory.programme,
    trajectory.start_date,
    contact.contact_date,
    contact.place,
    contact.counterpart
