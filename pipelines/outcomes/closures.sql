-- grain: level x organisation x team x period (of the closure) x breakdown x category x measure x
-- measure_category (housing_after: the delivered words; other measures: empty)
create or replace table results.closures as
with level_cell as (
    select
        *,
        organisation_id as unit_organisation_id
    from outcome.closure_cell
    union all by name
    select *
    from outcome.closure_cell_all
),
asked as (
    select distinct
        cell.level,
        cell.organisation_id,
        cell.team_id,
        cell.period,
        cell.breakdown,
        cell.category,
        measure.measure,
        cast(null as varchar) as measure_category
    from level_cell as cell
    cross join (
        values
            ('planned'),
            ('premature'),
            ('neutral'),
            ('not_planned'),
            ('without_contact'),
            ('follow_on')
    ) as measure (measure)
    union all
    select distinct
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        'housing_after' as measure,
        housing_after as measure_category
    from level_cell
    where housing_after is not null
),
answered as (
    select
        asked.*,
        cell.unit_organisation_id,
        cell.unit_count,
        cell.single_count,
        case asked.measure
            when 'without_contact' then case cell.without_contact
                when true then 'met'
                when false then 'not_met'
                else 'not_recorded'
            end
            when 'follow_on' then case cell.follow_on
                when 'yes' then 'met'
                when 'no' then 'not_met'
                when 'not_yet_due' then 'not_yet_due'
                else 'not_recorded'
            end
            when 'housing_after' then case
                when cell.housing_after is null then 'not_recorded'
                when cell.housing_after = asked.measure_category then 'met'
                else 'not_met'
            end
            else case
                when cell.kind is null then 'not_recorded'
                when cell.kind = asked.measure then 'met'
                else 'not_met'
            end
        end as answer
    from asked
    inner join level_cell as cell
        on cell.level = asked.level
        and cell.organisation_id is not distinct from asked.organisation_id
        and cell.team_id is not distinct from asked.team_id
        and cell.period = asked.period
        and cell.breakdown = asked.breakdown
        and cell.category is not distinct from asked.category
),
returning_level as (
    select *
    from outcome.closure_returning
    union all by name
    select *
    from outcome.closure_returning_all
),
summed as (
    select
        level,
        organisation_id,
        team_id,
        period,
        breakdown,
        category,
        measure,
        measure_category,
        coalesce(sum(unit_count) filter (where answer = 'met'), 0) as numerator,
        coalesce(sum(unit_count) filter (where answer in ('met', 'not_met')), 0) as denominator,
        coalesce(sum(unit_count) filter (where answer = 'not_recorded'), 0) as not_recorded_count,
        coalesce(sum(unit_count) filter (where answer = 'not_yet_due'), 0) as not_yet_due_count,
        coalesce(sum(single_count) filter (where answer in ('met', 'not_met')), 0)
            as single_count,
        count(distinct unit_organisation_id) filter (where answer in ('met', 'not_met'))
            as organisations_counted
    from answered
    group by all
),
counted as (
    select
        summed.level,
        summed.organisation_id,
        summed.team_id,
        summed.period,
        summed.breakdown,
        summed.category,
        summed.measure,
        summed.measure_category,
        cast(summed.numerator as bigint) as numerator,
        cast(summed.denominator as bigint) as denominator,
        cast(summed.not_recorded_count as bigint) as not_recorded_count,
        cast(summed.not_yet_due_count as bigint) as not_yet_due_count,
        cast(summed.single_count + coalesce(case summed.measure
            when 'without_contact' then back.contact_count
            when 'follow_on' then back.follow_on_count
            when 'housing_after' then back.housing_count
            else back.kind_count
        end, 0) as bigint) as clients_count,
        summed.organisations_counted
    from summed
    left join returning_level as back
        on back.level = summed.level
        and back.organisation_id is not distinct from summed.organisation_id
        and back.team_id is not distinct from summed.team_id
        and back.period = summed.period
        and back.breakdown = summed.breakdown
        and back.category is not distinct from summed.category
)
select
    counted.level,
    counted.organisation_id,
    counted.team_id,
    counted.period,
    counted.breakdown,
    counted.category,
    counted.measure,
    counted.measure_category,
    counted.numerator,
    counted.denominator,
    counted.numerator / cast(nullif(counted.denominator, 0) as double) as value,
    case when counted.denominator > 0 then
        find_wilson_centre(counted.numerator, counted.denominator)
        - find_wilson_half(counted.numerator, counted.denominator)
    end as ci_low,
    case when counted.denominator > 0 then
        find_wilson_centre(counted.numerator, counted.denominator)
        + find_wilson_half(counted.numerator, counted.denominator)
    end as ci_high,
    'wilson' as method,
    counted.not_recorded_count,
    counted.not_yet_due_count,
    counted.clients_count,
    counted.organisations_counted,
    period.is_provisional,
    case
        -- fewer than four in five recorded
        when 5 * counted.denominator < 4 * (counted.denominator + counted.not_recorded_count)
            then 'too_incomplete'
        when counted.denominator = 0 then 'no_data'
        else 'given'
    end as status,
    concat_ws(
        '|',
        'closure',
        coalesce(counted.organisation_id, ''),
        coalesce(counted.team_id, ''),
        counted.period,
        counted.breakdown,
        coalesce(counted.category, ''),
        counted.measure,
        coalesce(counted.measure_category, '')
    ) as outcome_key
from counted
inner join outcome.period as period
    on period.period = counted.period
    and period.organisation_id is not distinct from counted.organisation_id
order by
    counted.level,
    counted.organisation_id,
    counted.team_id,
    counted.period,
    counted.breakdown,
    counted.category,
    counted.measure,
    counted.measure_category
