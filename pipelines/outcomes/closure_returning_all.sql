-- grain: period (of the closure) x breakdown x category, all organisations together
create or replace view outcome.closure_returning_all as
-- pseudonyms differ between organisations: nobody is counted twice
select
    'all' as level,
    cast(null as varchar) as organisation_id,
    cast(null as varchar) as team_id,
    period,
    breakdown,
    category,
    sum(kind_count) as kind_count,
    sum(contact_count) as contact_count,
    sum(follow_on_count) as follow_on_count,
    sum(housing_count) as housing_count
from outcome.closure_returning
where level = 'organisation'
group by
    period,
    breakdown,
    category
