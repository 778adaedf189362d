-- grain: year x measure x team of which the value may be shown: what teams are held beside each other
create or replace table protected.compared_team as
select
    compared.*
from monitoring.compared as compared
left join protected.score_disclosure as score
    on compared.subject = 'indicator'
    and score.score_key = compared.source_key
left join protected.outcome_cell as cell
    on cell.result_table = compared.subject
    and cell.outcome_key = compared.source_key
    and cell.population in ('completers', 'closed')
-- how many were measured is told by the flow, not held beside other teams
where compared.subject <> 'outcome_flow'
    and length(compared.period) = 4
    and not coalesce(
        case when compared.subject = 'indicator' then score.is_suppressed
            else cell.is_suppressed end,
        true
    );
