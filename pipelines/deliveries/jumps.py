"""Which files wait, because they differ too much from the one before them.

The answer follows from the set of files and acceptances in the journal alone, never from the order
in which they came in. What does not belong here: counting files (``profiles``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.catalogue.models.jump_limits import JumpLimits
from pipelines.catalogue.models.sources import Source
from pipelines.catalogue.refusal_words import RefusalValue, describe_jump
from pipelines.catalogue.wording import load_words
from pipelines.deliveries.journal import ACCEPTED, Delivery, append_event, read_events
from pipelines.deliveries.organisations import Organisation
from pipelines.deliveries.profiles import OTHER_TEXT, Profile, group_by_export

LIMITS = "delivery"  # the one set of limits in the catalogue


class JumpCode(StrEnum):
    """What is sudden about a file."""

    ROWS_FELL = "rows_fell"
    ROWS_ROSE = "rows_rose"
    COLUMN_EMPTIED = "column_emptied"
    CODE_ROSE = "code_rose"
    CODE_GONE = "code_gone"
    UNKNOWN_ROSE = "unknown_rose"


@dataclass(frozen=True)
class Jump:
    """One sudden difference, with the names and numbers of its sentence."""

    code: JumpCode
    values: dict[str, RefusalValue]


@dataclass(frozen=True)
class WaitingDelivery:
    """A landed file that is not used until somebody accepts it."""

    delivery: Delivery
    previous: Delivery  # the file it was compared with
    jumps: tuple[Jump, ...]

    @property
    def reason(self) -> str:
        """Why it waits, in English."""
        return " ".join(
            describe_jump(load_words("en"), jump.code, jump.values) for jump in self.jumps
        )


def read_acceptances(journal: Path) -> set[tuple[str, str]]:
    """(organisation_id, delivery) of the files that somebody accepted as they are."""
    return {
        (event["organisation_id"], event["delivery"])
        for event in read_events(journal)
        if event["event"] == ACCEPTED
    }


def record_acceptance(journal: Path, waiting: WaitingDelivery) -> None:
    """Writes down that somebody takes a waiting file as it is."""
    entry = waiting.delivery
    identity = {"organisation_id": entry.organisation_id, "delivery": entry.delivery}
    jumps = [jump.code.value for jump in waiting.jumps]
    append_event(journal, {"event": ACCEPTED, **identity, "file": entry.file, "jumps": jumps})


def find_waiting(
    organisations: tuple[Organisation, ...],
    deliveries: tuple[Delivery, ...],
    profiles: dict[tuple[str, str], Profile],
    acceptances: set[tuple[str, str]],
    sources: dict[str, Source],
) -> tuple[WaitingDelivery, ...]:
    """The files that wait, by organisation and then in the order in which they would count.

    Of each export the first file is taken; every later one is compared with the last one before it
    that is in use, unless it was accepted.
    """
    waiting = []
    for organisation in organisations:
        limits = organisation.catalogue.jump_limits.get(LIMITS)
        if limits is None:
            continue
        for group in group_by_export(deliveries, organisation.organisation_id):
            source = sources.get(group[0].source)
            is_complete = bool(source) and _is_complete(source, group[0].export)
            previous = group[0]
            for delivery in group[1:]:
                identity = (delivery.organisation_id, delivery.delivery)
                before = profiles.get((previous.organisation_id, previous.delivery))
                now = profiles.get(identity)
                jumps: tuple[Jump, ...] = ()
                if before and now and identity not in acceptances:
                    jumps = tuple(find_jumps(before, now, limits, is_complete))
                if jumps:
                    waiting.append(WaitingDelivery(delivery, previous, jumps))
                elif now is None or not _is_correction(before, now, limits, is_complete):
                    previous = delivery
    return tuple(waiting)


def find_jumps(
    before: Profile, now: Profile, limits: JumpLimits, is_complete: bool
) -> Iterator[Jump]:
    """What is sudden about a file beside the previous one.

    Args:
        before: the previous file.
        now: the file.
        limits: how far it may be off.
        is_complete: a file of this export replaces everything before it.
    """
    if before.row_count < limits.minimum_rows or _is_correction(before, now, limits, is_complete):
        return
    rows = {"rows": now.row_count, "rows_before": before.row_count}
    if now.row_count < limits.fewest_rows_share * before.row_count:
        yield Jump(JumpCode.ROWS_FELL, rows)
    if now.row_count > limits.most_rows_share * before.row_count:
        yield Jump(JumpCode.ROWS_ROSE, rows)
    if now.row_count >= limits.minimum_rows:
        yield from _find_emptied_columns(before, now, limits)
        yield from _find_code_jumps(before, now, limits)


def _is_complete(source: Source, export_id: str) -> bool:
    return any(
        record.complete
        for export in source.exports
        if export.id == export_id
        for record in export.records
    )


def _is_correction(
    before: Profile | None, now: Profile, limits: JumpLimits, is_complete: bool
) -> bool:
    """True for a small file that adds to what stands; such a file is no measure for the next."""
    if before is None or is_complete or before.row_count < limits.minimum_rows:
        return False
    return now.row_count < limits.correction_share * before.row_count


def _find_emptied_columns(before: Profile, now: Profile, limits: JumpLimits) -> Iterator[Jump]:
    for column, filled_before in before.filled.items():
        filled = now.filled.get(column, 0)
        if (
            filled_before >= limits.filled_share * before.row_count
            and filled <= limits.emptied_share * now.row_count
        ):
            header = column.partition("#")[0]
            values = {"column": header, "filled": filled, "filled_before": filled_before}
            yield Jump(JumpCode.COLUMN_EMPTIED, values)


def _find_code_jumps(before: Profile, now: Profile, limits: JumpLimits) -> Iterator[Jump]:
    for column, codes_before in before.codes.items():
        codes = now.codes.get(column, {})
        total_before, total = sum(codes_before.values()), sum(codes.values())
        if min(total_before, total) < limits.minimum_rows:
            continue
        for code in sorted({*codes_before, *codes}):
            share_before = codes_before.get(code, 0) / total_before
            share = codes.get(code, 0) / total
            values: dict[str, RefusalValue] = {
                "column": column,
                "percent": round(100 * share),
                "percent_before": round(100 * share_before),
            }
            # rounded: 0.6 - 0.2 is a little less than 0.4 in binary
            if round(share - share_before, 9) >= limits.code_rise_share:
                is_known = code != OTHER_TEXT
                values |= {"code": code} if is_known else {}
                yield Jump(JumpCode.CODE_ROSE if is_known else JumpCode.UNKNOWN_ROSE, values)
            elif share == 0 and share_before >= limits.code_gone_share and code != OTHER_TEXT:
                yield Jump(JumpCode.CODE_GONE, values | {"code": code})
