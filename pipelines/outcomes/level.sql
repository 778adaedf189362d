-- grain: breakdown x level at which it is told
-- Teams are not broken down further: the groups would be too small to tell anything.
create or replace table outcome.level as
with level (level) as (
    values
        ('team'),
        ('organisation'),
        ('all')
)
select distinct
    view.breakdown,
    level.level
from outcome.view as view
cross join level
where level.level <> 'team' or view.breakdown = 'total'
