-- grain: indicator x document rated in the quarter or year (a document can be rated twice a year)
create or replace table score.unit_rated as
with document as (
    select
        indicator.indicator_key,
        rating.organisation_id,
        rating.team_id,
        period.period,
        rating.subject,
        rating.document_id,
        rating.trajectory_id,
        sum(case when rating.is_self then 0 else 1 end) as rating_count,
        sum(case when rating.is_self then 0 else rating.score end) as rating_sum,
        -- the date of the unit: its latest rating by another, else its latest self rating
        coalesce(
            max(case when not rating.is_self then rating.rated_date end),
            max(rating.rated_date)
        ) as unit_date
    from catalogue.indicator as indicator
    inner join fact.rating as rating
        on rating.organisation_id = indicator.organisation_id
        and rating.subject = indicator.rated_subject
    inner join fact.period as period
        on period.organisation_id = rating.organisation_id
        and rating.rated_date >= period.first_day
        and rating.rated_date <= period.until_day
    where indicator.shape = 'rated'
    group by
        indicator.indicator_key,
        rating.organisation_id,
        rating.team_id,
        period.period,
        rating.subject,
        rating.document_id,
        rating.trajectory_id
),
judged as (
    select
        document.*,
        case
            when start.first_date is null or document.unit_date < start.first_date
                then 'kind_not_delivered'
            when document.unit_date < team.first_date then 'before_first_record'
            when document.rating_count = 0 then 'not_applicable'
        end as exclusion_reason
    from document
    inner join score.indicator_start as start
        on start.indicator_key = document.indicator_key
        and start.organisation_id = document.organisation_id
    inner join fact.team as team
        on team.organisation_id = document.organisation_id
        and team.team_id = document.team_id
)
select
    judged.indicator_key,
    judged.organisation_id,
    judged.team_id,
    judged.period,
    judged.subject as unit_kind,
    judged.document_id as unit_id,
    judged.trajectory_id,
    judged.exclusion_reason,
    case
        when judged.exclusion_reason is null then judged.rating_sum * mean.share_parts
    end as numerator,
    mean.mean_parts as numerator_parts,
    case when judged.exclusion_reason is null then 1 end as denominator
from judged
left join fact.mean_share as mean
    on mean.rating_count = judged.rating_count
