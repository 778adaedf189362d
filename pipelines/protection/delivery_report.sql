-- grain: one row per delivery and record kind
-- With the code and values of a refusal, so that a page can say why in the language of its reader.
create or replace table protected.delivery_report as
select * from quality.delivery_report;
