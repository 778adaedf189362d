-- grain: one row per delivery and record kind
create or replace table protected.delivery_report as
select * from results.delivery_report;
