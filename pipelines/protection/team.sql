-- grain: one row per organisation and team
create or replace table protected.team as
select
    organisation_id,
    team_id,
    name,
    setting,
    start_date,
    end_date
from staged.team;
