"""Holds landing against the journal: every accepted file whole, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.deliveries.identity import compute_delivery_id
from pipelines.deliveries.inbox import list_files
from pipelines.deliveries.journal import Delivery
from pipelines.deliveries.landed import has_landed, has_length, is_intact
from pipelines.deliveries.landing import name_landing_file
from pipelines.deliveries.organisations import read_organisations
from pipelines.deliveries.sheets import MOST_SHEETS, name_sheet
from pipelines.doctor.finding import Cure, Finding
from pipelines.run import Run


@dataclass(frozen=True)
class Exports:
    """What lies in the inbox now: (organisation_id, sha-256 of the bytes)."""

    present: frozenset[tuple[str, str]] = frozenset()

    def list_landing_names(self) -> set[str]:
        """The landing files that these exports can become, with those of further sheets."""
        return {
            name_landing_file(organisation_id, delivery)
            for organisation_id, content in self.present
            for delivery in (content, *(name_sheet(content, at) for at in range(MOST_SHEETS)))
        }


def read_exports(run: Run) -> Exports:
    """The exports in the inbox; one that cannot be read now is left out.

    Raises:
        UserError: the inbox or an ``organisation.yaml`` has a fault.
    """
    present = set()
    for organisation in read_organisations(run.inbox, run.catalogue):
        for file in list_files(organisation):
            if not file.is_regular:
                continue
            try:
                present.add((organisation.organisation_id, compute_delivery_id(file.path)))
            except OSError:
                continue
    return Exports(frozenset(present))


def examine_landing(
    run: Run, deliveries: tuple[Delivery, ...], exports: Exports
) -> Iterator[Finding]:
    """What is wrong with the landing files; reads all of them."""
    for delivery in deliveries:
        if not is_intact(run.landing, delivery):
            yield _describe_loss(run, delivery, exports)
    known = {delivery.landing for delivery in deliveries}
    unknown = run.landing.is_dir() and {path.name for path in run.landing.iterdir()} - known
    expected = exports.list_landing_names() if unknown else set()
    for path in sorted(run.landing.iterdir()) if run.landing.is_dir() else ():
        if path.name in known:
            continue
        if path.suffix != ".parquet":
            yield Finding(
                "A half-written file lies in landing: a run was cut off.",
                str(path),
                "It is removed; no line of the journal tells of it.",
                Cure.REMOVE,
                path,
            )
        elif path.name in expected:
            yield Finding(
                "A landing file is not in the journal: a run was cut off.",
                str(path),
                "It is removed; the export still lies in the inbox and is read again.",
                Cure.REMOVE,
                path,
            )
        else:
            yield Finding(
                "A landing file is not in the journal, and its export is not in the inbox.",
                str(path),
                "Put back a copy of the journal that knows it, or the export in the inbox; or give"
                " it up with --accept-loss.",
                Cure.DELIVER,
                path,
            )


def _describe_loss(run: Run, delivery: Delivery, exports: Exports) -> Finding:
    path = run.landing / delivery.landing
    state = "damaged" if path.exists() else "missing"
    is_short = path.exists() and not has_landed(run.landing, delivery)
    is_changed = path.exists() and not is_short and not has_length(run.landing, delivery)
    is_there = (delivery.organisation_id, delivery.content) in exports.present
    if is_changed:
        return Finding(
            "The landed rows of an accepted file were written anew, and the journal does not know:"
            " a run, forgetting a client, or a change of key was cut off.",
            f"{path}: {delivery.organisation_id}, {delivery.file}",
            # Who was forgotten is taken out again before anything is read.
            "The export still lies in the inbox and is read again."
            if is_there
            else "A run finishes it. If this finding stays, remove the file and deliver it again.",
            Cure.READ_AGAIN if is_there else Cure.RUN,
            path,
        )
    return Finding(
        f"The landed rows of an accepted file are {state}{', by its length' if is_short else ''}.",
        f"{path}: {delivery.organisation_id}, {delivery.file}",
        "The export still lies in the inbox and is read again."
        if is_there
        else f"Put the same export ({delivery.rows_read} rows) back in the inbox and start again;"
        " or give it up with --accept-loss: then the scores are computed without it.",
        Cure.READ_AGAIN if is_there else Cure.DELIVER,
        path,
        delivery.organisation_id,
        delivery.delivery,
    )
