-- grain: trajectory x requirement on early contact: contact moments within its first days
create or replace table fact.early_contact as
select
    requirement.requirement_key,
    contact.organisation_id,
    contact.trajectory_id,
    sum(
        case
            when contact.counterpart = 'client' and contact.place in ('home', 'community')
                then contact.moment_count
            else 0
        end
    ) as fitting_count,
    -- what the moments would be if every empty place and counterpart were the right one
    sum(contact.moment_count) as possible_count
from fact.contact_day as contact
inner join catalogue.requirement as requirement
    on requirement.organisation_id = contact.organisation_id
    and requirement.kind = 'early_contact'
    and requirement.programme = contact.programme
    and contact.contact_date <= contact.start_date + requirement.limit_days
where contact.contact_date >= contact.start_date
    and coalesce(contact.counterpart, 'client') = 'client'
    and coalesce(contact.place, 'home') in ('home', 'community')
group by
    requirement.requirement_key,
    contact.organisation_id,
    contact.trajectory_id
