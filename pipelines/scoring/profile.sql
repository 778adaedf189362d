-- grain: part of the record profile x level x organisation x team x period
-- The sum of the scores is one exact fraction (score_numerator / score_denominator), so that bands
-- are never decided by a rounded mean. Of shape rated a part holds two indicators at most.
create or replace table score.profile as
with member as (
    select
        scope.level,
        scope.organisation_id,
        scope.team_id,
        scope.period,
        part.part,
        part.part_kind,
        result.shape = 'rated' as is_rated,
        result.status = 'scored' as is_scored,
        result.score,
        result.numerator,
        result.numerator_parts,
        cast(result.plain_numerator as decimal(38, 0)) as plain_numerator,
        cast(result.plain_parts as decimal(38, 0)) as plain_parts,
        result.denominator,
        row_number() over (
            partition by
                scope.level,
                scope.organisation_id,
                scope.team_id,
                scope.period,
                part.part,
                result.shape = 'rated' and result.status = 'scored'
            order by part.indicator_id
        ) as place
    from score.scope as scope
    inner join catalogue.profile_part as part
        on part.organisation_id = scope.organisation_id
    inner join score.applicable as applicable
        on applicable.level = scope.level
        and applicable.organisation_id = scope.organisation_id
        and applicable.team_id = scope.team_id
        and applicable.period = scope.period
        and applicable.indicator_id = part.indicator_id
    inner join score.result as result
        on result.level = scope.level
        and result.organisation_id = scope.organisation_id
        and result.team_id = scope.team_id
        and result.period = scope.period
        and result.indicator_id = part.indicator_id
        and result.is_leading
),
pivoted as (
    select
        level,
        organisation_id,
        team_id,
        period,
        part,
        count(*) as applicable_count,
        sum(case when is_scored then 1 else 0 end) as scored_count,
        cast(sum(case when is_scored and not is_rated then score else 0 end) as decimal(38, 0))
            as whole_sum,
        max(case when is_rated and is_scored and place = 1 then numerator end) as numerator_1,
        max(case when is_rated and is_scored and place = 1 then denominator end) as denominator_1,
        max(case when is_rated and is_scored and place = 2 then numerator end) as numerator_2,
        max(case when is_rated and is_scored and place = 2 then denominator end) as denominator_2,
        max(case when is_rated and is_scored and place = 1 then plain_numerator end) as plain_1,
        max(case when is_rated and is_scored and place = 2 then plain_numerator end) as plain_2,
        max(case when is_rated and is_scored then plain_parts end) as plain_parts,
        min(case when is_rated and is_scored then plain_parts end) as least_plain_parts,
        max(case when is_rated and is_scored then numerator_parts end) as numerator_parts
    from member
    group by
        level,
        organisation_id,
        team_id,
        period,
        part
),
narrowed as (
    select
        pivoted.*,
        coalesce(plain_parts = least_plain_parts and plain_parts < numerator_parts, false)
            as is_plain
    from pivoted
),
-- Both rated scores over the same small denominator where they fit it, else over the large one.
summed as (
    select
        narrowed.*,
        coalesce(denominator_1, 1) * coalesce(denominator_2, 1)
        * case
            when is_plain then plain_parts
            else coalesce(numerator_parts, 1)
        end as score_denominator,
        case
            when is_plain then
                coalesce(plain_1, 0) * coalesce(denominator_2, 1)
                + coalesce(plain_2, 0) * coalesce(denominator_1, 1)
            else
                coalesce(numerator_1, 0) * coalesce(denominator_2, 1)
                + coalesce(numerator_2, 0) * coalesce(denominator_1, 1)
        end as rated_numerator
    from narrowed
),
part as (
    select distinct
        part,
        part_kind
    from catalogue.profile_part
),
bounded as (
    select
        scope.level,
        scope.organisation_id,
        scope.team_id,
        scope.period,
        part.part,
        part.part_kind,
        coalesce(summed.applicable_count, 0) as applicable_count,
        coalesce(summed.scored_count, 0) as scored_count,
        summed.whole_sum * summed.score_denominator + summed.rated_numerator as score_numerator,
        summed.score_denominator,
        summed.applicable_count - summed.scored_count as missing_count
    from score.scope as scope
    cross join part
    left join summed
        on summed.level = scope.level
        and summed.organisation_id = scope.organisation_id
        and summed.team_id = scope.team_id
        and summed.period = scope.period
        and summed.part = part.part
),
own_status as (
    select
        bounded.*,
        case
            when applicable_count = 0 then 'no_data'
            when 5 * scored_count < 4 * applicable_count then 'too_incomplete'
            when applicable_count = 1 then 'single_indicator'
            else 'shown'
        end as status,
        score_numerator + missing_count * score_denominator as lowest_numerator,
        score_numerator + 5 * missing_count * score_denominator as highest_numerator,
        applicable_count * score_denominator as bound_denominator
    from bounded
),
hole as (
    select distinct
        level,
        organisation_id,
        team_id,
        period
    from own_status
    where part_kind = 'subscale'
        and applicable_count >= 2
        and status <> 'shown'
)
select
    own_status.level,
    own_status.organisation_id,
    own_status.team_id,
    own_status.period,
    own_status.part,
    own_status.applicable_count,
    own_status.scored_count,
    own_status.score_numerator,
    own_status.score_denominator,
    own_status.lowest_numerator,
    own_status.highest_numerator,
    own_status.bound_denominator,
    -- the total stands on its subscales
    case
        when own_status.part_kind = 'total'
            and own_status.status in ('shown', 'single_indicator')
            and hole.period is not null
            then 'too_incomplete'
        else own_status.status
    end as status
from own_status
left join hole
    on hole.level = own_status.level
    and hole.organisation_id = own_status.organisation_id
    and hole.team_id = own_status.team_id
    and hole.period = own_status.period
