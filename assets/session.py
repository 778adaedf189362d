"""What all steps of one run share: the settings, the lock of the home and one open warehouse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from pipelines.deliveries import Reception, hold_lock
from pipelines.deliveries.overlays import read_overlays
from pipelines.records.opening import open_trusted
from pipelines.run import Run
from pipelines.warehouse import Warehouse
from quality_checks import Validator

if TYPE_CHECKING:
    from reports import SiteSummary

SESSION = "session"  # name of the Dagster resource


@dataclass
class Measured:
    """One piece of work: where it belongs, how much it made, how long it took."""

    group: str
    name: str
    row_count: int = 0
    seconds: float = 0.0


def ignore_progress(measured: Measured) -> None:
    """Says nothing; Dagster's own interface shows progress."""


@dataclass
class Session:
    """The shared state of one run."""

    run: Run
    warehouse: Warehouse
    notes: list[str] = field(default_factory=list)  # what was found broken and is healed
    tell_progress: Callable[[Measured], None] = ignore_progress
    reception: Reception | None = None  # what came through the door
    site: "SiteSummary | None" = None  # what was published
    failure: BaseException | None = None  # the first exception of an asset
    _validator: Validator | None = None

    def start_validator(self) -> Validator:
        """Great Expectations; it loads in the background from the first call on."""
        if self._validator is None:
            self._validator = Validator()
        return self._validator

    def close(self) -> None:
        """Ends what the session started."""
        if self._validator is not None:
            self._validator.close()

    @contextmanager
    def measure(self, group: str, name: str) -> Iterator[Measured]:
        """Times one piece of work and tells about it when it has succeeded."""
        measured = Measured(group, name)
        started = perf_counter()
        yield measured
        measured.seconds = perf_counter() - started
        self.tell_progress(measured)


@contextmanager
def open_session(run: Run) -> Iterator[Session]:
    """Takes the lock, makes the home, opens the warehouse; gives everything back at the end.

    Raises:
        RunLockedError: another run is working in this home.
        UserError: the warehouse file cannot be opened, or journal or inbox have a fault.
    """
    with hold_lock(run.home):
        # Every step asks for the catalogues of the organisations; the inbox is read for them once.
        run = replace(run, overlays=read_overlays(run))
        warehouse, notes = open_trusted(run)
        with warehouse:
            session = Session(run, warehouse, notes)
            try:
                yield session
            finally:
                session.close()
