-- grain: one count that a figure of a closed period was told with in any release, and one (is_last)
-- for how every figure stands now: told, or known to be there and not told
-- Of a figure that stayed as it was told before, the count of before stands. Of one that is not told
-- it is the count with which it was first not told.
with last_count as (
    select *
    from earlier_count
    where is_last
),
present_count as (
    select
        cell.system,
        cell.cell_key,
        cell.block,
        case
            when cell.is_kept then cell.told_value
            when cell.is_hidden and last_count.is_closed and not last_count.is_shown
                then last_count.cell_value
            else cell.cell_value
        end as cell_value,
        not cell.is_hidden or cell.is_kept as is_shown,
        cell.is_closed or coalesce(last_count.is_closed, false) as is_closed
    from published_cell as cell
    left join last_count
        on last_count.system = cell.system
        and last_count.cell_key = cell.cell_key
        and last_count.block = cell.block
),
-- what disappeared can come back: the pages that told it still lie somewhere
gone_count as (
    select
        last_count.system,
        last_count.cell_key,
        last_count.block,
        last_count.cell_value,
        last_count.is_shown,
        last_count.is_closed
    from last_count
    anti join published_cell as cell
        on cell.system = last_count.system
        and cell.cell_key = last_count.cell_key
        and cell.block = last_count.block
),
standing_count as (
    select * from present_count
    union all
    select * from gone_count
),
told_count as (
    select system, cell_key, block, cell_value
    from earlier_count
    where is_closed and is_shown
    union
    select system, cell_key, block, cell_value
    from standing_count
    where is_closed and is_shown
)
select
    system,
    cell_key,
    block,
    cell_value,
    true as is_last,
    is_shown,
    is_closed
from standing_count
union all
select
    told.system,
    told.cell_key,
    told.block,
    told.cell_value,
    false as is_last,
    true as is_shown,
    true as is_closed
from told_count as told
anti join standing_count as standing
    on standing.system = told.system
    and standing.cell_key = told.cell_key
    and standing.block = told.block
    and standing.cell_value = told.cell_value
    and standing.is_closed
    and standing.is_shown
order by all
