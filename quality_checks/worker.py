"""The process in which Great Expectations lives: ``python -m quality_checks.worker SOCKET``.

It is started at the beginning of a run and imports Great Expectations (seven seconds) on the second
processor core, while the run reads files on the first. It never opens the warehouse: each statement
goes back to the run, which answers with rows. What does not belong here: starting this process
(``validator``).
"""

import sys
from multiprocessing.connection import Connection


class Channel:
    """Asks the run to execute a statement."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def execute(self, statement: str, parameters: tuple | None) -> tuple[list[str], list[tuple]]:
        """Column names and rows.

        Raises:
            RuntimeError: the warehouse refused the statement.
        """
        self._connection.send(("execute", statement, parameters))
        answer, *content = self._connection.recv()
        if answer == "refused":
            raise RuntimeError(content[0])
        names, rows = content
        return names, rows


def serve(connection: Connection) -> None:
    """Answers lists of checks with outcomes until the run closes its end."""
    from quality_checks.suites import run_suites

    channel = Channel(connection)
    while True:
        try:
            checks = connection.recv()
        except EOFError:
            return
        connection.send(("outcomes", run_suites(checks, channel.execute)))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
