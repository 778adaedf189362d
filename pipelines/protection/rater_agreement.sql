-- grain: one row per organisation, instrument and statistic
-- About how assessors rate, over all audits of the organisation together: no team can be read from
-- it, and below ten pairs there is no number.
create or replace table protected.rater_agreement as
select * from results.rater_agreement_organisation;
