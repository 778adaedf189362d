-- grain: one row per organisation
create or replace table protected.organisation as
select
    o.organisation_id,
    o.name,
    o.known_until,
    r.as_of,
    o.method_start,
    greatest(
        $lowest_minimum::integer,
        coalesce(o.disclosure_threshold, $default_minimum::integer)
    ) as minimum_clients
from staged.organisation as o
cross join staged.run as r;
