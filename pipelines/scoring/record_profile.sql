-- grain: part of the record profile x level x organisation x team x period, as published for research
create or replace table results.record_profile as
select
    profile.level,
    nullif(profile.organisation_id, '') as organisation_id,
    nullif(profile.team_id, '') as team_id,
    profile.period,
    profile.part,
    case
        when profile.status in ('shown', 'single_indicator') then
            cast(profile.score_numerator as double)
            / cast(profile.score_denominator * profile.scored_count as double)
    end as score,
    cast(profile.lowest_numerator as double) / cast(profile.bound_denominator as double) as lowest,
    cast(profile.highest_numerator as double) / cast(profile.bound_denominator as double)
        as highest,
    case
        when profile.status in ('shown', 'single_indicator')
            then coalesce(band.band, 'not_determined')
    end as band,
    cast(profile.scored_count as bigint) as indicators_scored,
    cast(profile.applicable_count as bigint) as indicators_applicable,
    profile.status
from score.profile as profile
-- the band in which both bounds lie, compared as exact fractions
left join catalogue.band as band
    on band.organisation_id = profile.organisation_id
    and (
        band.lower_parts is null
        or 100 * profile.lowest_numerator >= band.lower_parts * profile.bound_denominator
    )
    and (
        band.upper_parts is null
        or 100 * profile.highest_numerator < band.upper_parts * profile.bound_denominator
    )
order by
    profile.organisation_id nulls first,
    profile.team_id nulls first,
    profile.period,
    profile.part
