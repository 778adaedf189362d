"""The tables of this room in build order, one step each."""

from functools import partial

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.records import RecordKind
from pipelines.records.accepted import (
    build_delivery,
    build_organisation,
    build_programme_setting,
    build_run,
)
from pipelines.records.file_detection import build_file_detection
from pipelines.records.fingerprint import build_fingerprint
from pipelines.records.increments import Beside, by_organisation
from pipelines.records.ledger import list_ledger_tables
from pipelines.records.quality_tables import (
    build_delivery_report,
    build_quarantine,
    build_unmapped_code,
    build_warning,
)
from pipelines.records.references import list_parents, order_kinds
from pipelines.records.staging import build_staged_kind
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse


def list_steps(catalogue: Catalogue) -> tuple[TableStep, ...]:
    """A step per staged table, parents before children, then the tables about quality."""
    kinds = [catalogue.records[name] for name in order_kinds(catalogue.records)]
    staged = tuple(f"staged.{kind.kind}" for kind in kinds)
    return (
        TableStep("staged.run", "The date of the run's knowledge; one row.", (), build_run),
        TableStep(
            "staged.delivery",
            "The accepted files of each organisation, in the order in which they count.",
            (),
            build_delivery,
        ),
        TableStep(
            "staged.organisation",
            "The organisations with an accepted file, and until when each is known.",
            ("staged.delivery",),
            build_organisation,
        ),
        TableStep(
            "staged.programme_setting",
            "Every setting of every programme for each organisation, its own settings included.",
            ("staged.organisation",),
            build_programme_setting,
        ),
        TableStep(
            "staged.fingerprint",
            "What the staged tables are made from: files, settings, declarations and code.",
            ("staged.run", "staged.delivery", "staged.organisation", "staged.programme_setting"),
            build_fingerprint,
        ),
        *(_make_kind_step(kind) for kind in kinds),
        TableStep(
            "quality.quarantine",
            "Why rows were set aside: one row per reason.",
            staged,
            build_quarantine,
        ),
        by_organisation(
            TableStep(
                "quality.warning",
                "What is worth a look in rows that were kept, in columns and in files.",
                staged,
                build_warning,
            )
        ),
        TableStep(
            "quality.file_detection",
            "What was detected in each accepted file: format, encoding, header, unknown columns.",
            ("staged.delivery",),
            build_file_detection,
        ),
        TableStep(
            "quality.unmapped_code",
            "Texts that no code list or mapping knows, with counts.",
            staged,
            build_unmapped_code,
        ),
        TableStep(
            "quality.delivery_report",
            "Per file and record kind: rows read, staged, superseded, quarantined, not a record.",
            staged,
            build_delivery_report,
        ),
    )


def _make_kind_step(kind: RecordKind) -> TableStep:
    parents = tuple(f"staged.{parent}" for parent in list_parents(kind))
    label = kind.label.en
    step = TableStep(
        table=f"staged.{kind.kind}",
        description=f"Records of the kind {label}: valid, latest and referring to what exists.",
        reads=("staged.delivery", "staged.fingerprint", *parents),
        build=partial(_build_kind, kind=kind.kind),
    )
    own_rows = f"record_kind = '{kind.kind}'"
    return by_organisation(step, *(Beside(table, own_rows) for table in list_ledger_tables()))


def _build_kind(warehouse: Warehouse, run: Run, kind: str) -> None:
    build_staged_kind(warehouse, run, run.catalogue.records[kind])


STEPS = list_steps(load_catalogue())
