-- grain: one row per check, record kind and organisation
create or replace table protected.check_results as
select * from results.check_results;
