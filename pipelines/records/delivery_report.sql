-- grain: accepted delivery x record kind of its export
create or replace table quality.delivery_report as
with tally as (
    select
        organisation_id,
        delivery,
        record_kind,
        coalesce(sum(row_count) filter (where outcome = 'staged'), 0) as staged,
        coalesce(sum(row_count) filter (where outcome = 'superseded'), 0) as superseded,
        coalesce(sum(row_count) filter (where outcome = 'quarantined'), 0) as quarantined,
        coalesce(sum(row_count) filter (where outcome = 'not_a_record'), 0) as not_a_record,
        coalesce(sum(row_count) filter (where outcome = 'vanished'), 0) as vanished
    from quality.row_tally
    group by organisation_id, delivery, record_kind
)
select
    delivery.organisation_id,
    delivery.file,
    delivery.delivery,
    yields.record_kind,
    delivery.file_date,
    cast(delivery.rows_read * yields.record_source_count as bigint) as rows_read,
    cast(coalesce(tally.staged, 0) as bigint) as staged,
    cast(coalesce(tally.superseded, 0) as bigint) as superseded,
    cast(coalesce(tally.quarantined, 0) as bigint) as quarantined,
    -- The rows of forgotten clients are no record any more; they are also told apart, below.
    cast(
        (delivery.not_a_record + delivery.forgotten) * yields.record_source_count
        + coalesce(tally.not_a_record, 0) as bigint
    ) as not_a_record,
    cast(coalesce(tally.vanished, 0) as bigint) as vanished,
    cast(null as varchar) as refused_reason,
    cast(null as varchar) as refused_code,
    cast(null as varchar) as refused_values,
    cast(delivery.forgotten * yields.record_source_count as bigint) as forgotten,
    cast(null as varchar) as waiting_reason,
    cast(null as varchar) as waiting_jumps
from staged.delivery
inner join export_yield as yields
    on yields.source = delivery.source
    and yields.export = delivery.export
left join tally
    on tally.organisation_id = delivery.organisation_id
    and tally.delivery = delivery.delivery
    and tally.record_kind = yields.record_kind
order by delivery.organisation_id, delivery.delivery_rank, yields.record_kind;
