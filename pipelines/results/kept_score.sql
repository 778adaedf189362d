-- grain: score key, with exact amounts and a fingerprint of all that decides about its value
-- The terms in days are those of the organisation: another term is another rule, whatever version.
with answer as (
    select
        organisation_id,
        indicator_key,
        string_agg(answer_text, ',' order by answer_text) as answers
    from catalogue.accepted_answer
    group by
        organisation_id,
        indicator_key
),
code as (
    select
        organisation_id,
        code_list,
        string_agg(code, ',' order by code) as codes
    from catalogue.code
    group by
        organisation_id,
        code_list
),
term as (
    select
        setting.organisation_id,
        setting.setting,
        string_agg(setting.programme || ' ' || setting.value, ',' order by setting.programme)
            as terms
    from staged.programme_setting as setting
    inner join catalogue.programme as programme
        on programme.organisation_id = setting.organisation_id
        and programme.programme = setting.programme
        and programme.is_method
    group by
        setting.organisation_id,
        setting.setting
),
rule as (
    select
        indicator.organisation_id,
        indicator.indicator_key,
        md5(
            cast(row(
                indicator.shape,
                indicator.event,
                indicator.setting,
                indicator.answer,
                indicator.measure,
                indicator.needs_numerator,
                indicator.code_list,
                indicator.population,
                indicator.session_kind,
                indicator.rated_subject,
                indicator.is_stock,
                indicator.deciding_kind,
                indicator.deciding_subject,
                answer.answers,
                code.codes,
                term.terms
            ) as varchar)
        ) as rule
    from catalogue.indicator as indicator
    left join answer
        on answer.organisation_id = indicator.organisation_id
        and answer.indicator_key = indicator.indicator_key
    left join code
        on code.organisation_id = indicator.organisation_id
        and code.code_list = indicator.code_list
    left join term
        on term.organisation_id = indicator.organisation_id
        and term.setting = indicator.setting
)
select
    result.level,
    result.organisation_id,
    result.team_id,
    result.period,
    result.indicator_id,
    result.indicator_version,
    result.is_leading,
    result.status,
    result.score,
    result.numerator,
    result.denominator,
    result.numerator_parts,
    result.denominator_parts,
    rule.rule,
    result.score_key
from score.result as result
inner join rule
    on rule.organisation_id = result.organisation_id
    and rule.indicator_key = result.indicator_key
where result.is_published
