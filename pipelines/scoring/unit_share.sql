-- grain: indicator x record in the quarter of its date, or x worker at the end of the quarter
create or replace table score.unit_share as
with judged as (
    select
        indicator.indicator_key,
        answer.organisation_id,
        answer.team_id,
        answer.period,
        answer.unit_kind,
        answer.unit_id,
        answer.trajectory_id,
        answer.answer_text,
        case
            when start.first_date is null or answer.unit_date < start.first_date
                then 'kind_not_delivered'
            when answer.unit_date < team.first_date then 'before_first_record'
            when answer.exclusion_reason is not null then answer.exclusion_reason
            when answer.answer_text is null then 'not_recorded'
        end as exclusion_reason
    from catalogue.indicator as indicator
    inner join fact.answer as answer
        on answer.organisation_id = indicator.organisation_id
        and answer.answer = indicator.answer
    inner join score.indicator_start as start
        on start.indicator_key = indicator.indicator_key
        and start.organisation_id = answer.organisation_id
    inner join fact.team as team
        on team.organisation_id = answer.organisation_id
        and team.team_id = answer.team_id
    where indicator.shape = 'share'
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    judged.unit_kind,
    judged.unit_id,
    judged.trajectory_id,
    judged.exclusion_reason,
    case when judged.exclusion_reason is null then accepted.answer_text is not null end as is_met
from judged
left join catalogue.accepted_answer as accepted
    on accepted.organisation_id = judged.organisation_id
    and accepted.indicator_key = judged.indicator_key
    and accepted.answer_text = judged.answer_text
