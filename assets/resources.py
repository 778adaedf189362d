"""The session as a Dagster resource: opened once per run, closed when the run ends."""

from collections.abc import Iterator

import dagster as dg

from assets.session import Session, open_session
from assets.settings import read_run


@dg.resource(description="Settings (KRACHTWERK_...), lock and open warehouse of one run.")
def session_resource(context) -> Iterator[Session]:
    """The session with the settings of the environment."""
    with open_session(read_run({})) as session:
        for note in session.notes:
            context.log.warning(note)
        yield session
