-- grain: one count of a system of cells, judged by what earlier releases told of its figure
-- A figure stands in one or more counts, which are told together. Shown before and unchanged: it is
-- known and cannot be taken back (is_fixed). Shown before and hardly changed: the count of now is
-- hidden, and what was told stays. Not shown before, and closed: not shown now, unless it changed
-- much. A period that is not over grows as it likes; only a small loss is held back, which would
-- tell of a client who was removed.
with registered as (
    select *
    from protected.registered_count
    where system = $system
),
figure as (
    select
        cell_key,
        bool_or(is_shown) as was_shown,
        bool_or(is_closed) as was_closed
    from registered
    where is_last
    group by cell_key
),
figure_apart as (
    select
        cell_key,
        max(least_difference) as least_difference
    from cell_now
    group by cell_key
),
-- a count that is not there is none: a reason of exclusion that nobody has any more, or has again
compared as (
    select
        coalesce(cell.cell_key, earlier.cell_key) as cell_key,
        coalesce(cell.block, earlier.block) as block,
        coalesce(cell.cell_value, 0) as value_now,
        coalesce(earlier.cell_value, 0) as value_before,
        coalesce(earlier.is_last, true) as is_last,
        cell.least_difference,
        coalesce(cell.over_time, 'none') as over_time
    from cell_now as cell
    full join registered as earlier
        on earlier.cell_key = cell.cell_key
        and earlier.block = cell.block
),
judged as (
    select
        compared.cell_key,
        compared.block,
        figure.was_shown,
        figure.was_closed,
        max(value_before) filter (where is_last) as cell_value_before,
        bool_and(value_now = value_before) filter (where is_last) as is_same,
        bool_or(
            value_now <> value_before
            and abs(value_now - value_before)
                < coalesce(compared.least_difference, figure_apart.least_difference)
            and (
                figure.was_closed
                or (is_last and value_now < value_before and over_time <> 'last')
            )
        ) as is_near
    from compared
    inner join figure
        on figure.cell_key = compared.cell_key
    inner join figure_apart
        on figure_apart.cell_key = compared.cell_key
    group by
        compared.cell_key,
        compared.block,
        figure.was_shown,
        figure.was_closed
),
figure_now as (
    select
        cell_key,
        bool_and(is_same) as is_same,
        bool_or(is_near) as is_near
    from judged
    group by cell_key
)
select
    cell.* replace (
        case
            when judged.was_shown and figure_now.is_same then 0
            when judged.is_near then greatest(cell.needed, cell.least_difference - 1)
            else cell.needed
        end as needed,
        case
            when judged.was_shown and figure_now.is_same then false
            when judged.was_shown then cell.is_hidden or figure_now.is_near
            when judged.was_closed
                then cell.is_hidden or figure_now.is_same or figure_now.is_near
            else cell.is_hidden
        end as is_hidden
    ),
    coalesce(judged.was_shown and figure_now.is_same, false) as is_fixed,
    coalesce(not judged.was_shown and not judged.was_closed, false) as was_hidden,
    coalesce(judged.was_shown, false) as was_shown,
    coalesce(judged.cell_value_before, 0) as cell_value_before
from cell_now as cell
left join judged
    on judged.cell_key = cell.cell_key
    and judged.block = cell.block
left join figure_now
    on figure_now.cell_key = cell.cell_key
