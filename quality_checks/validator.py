"""Starts the process in which Great Expectations lives and answers its questions.

What does not belong here: how checks become suites (``suites``) and what is done with the outcomes
(``results``).
"""

import os
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from pipelines.warehouse import Warehouse, WarehouseError
from pipelines.warehouse.trouble import Trouble, name_trouble
from quality_checks.checks import Check, Outcome

ROOT = Path(__file__).resolve().parents[1]


class ValidatorError(Exception):
    """Great Expectations could not be started or broke off: a fault of the installation."""


class Validator:
    """A worker process, loading from the moment this is made. Use it as a context manager."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "quality_checks.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                # It has nothing to say to people: libraries print, and DuckDB 2.0 complains at exit
                # about objects that Great Expectations keeps (nanobind leak warnings).
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._connection = Connection(ours.detach())

    def __enter__(self) -> "Validator":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop(self) -> None:
        """Ends the process, which keeps nothing that could be lost."""
        self._process.kill()  # SIGTERM may be ignored: a process inherits that from its starter
        self._process.wait()

    def close(self) -> None:
        """Ends the process and the connection to it."""
        self._connection.close()
        self.stop()

    def validate(self, warehouse: Warehouse, checks: list[Check]) -> dict[str, Outcome]:
        """Check key -> what Great Expectations found in the warehouse.

        Raises:
            ValidatorError: the process ended.
        """
        try:
            self._connection.send(checks)
            while True:
                question, *content = self._connection.recv()
                if question == "outcomes":
                    return content[0]
                self._connection.send(answer(warehouse, *content))
        except (EOFError, OSError) as error:
            raise ValidatorError(
                "Great Expectations ended before it answered; `python -m quality_checks.suites`"
                " shows why."
            ) from error


def answer(warehouse: Warehouse, statement: str, parameters: tuple | None) -> tuple:
    """("rows", column names, rows), or ("refused", why)."""
    try:
        result = warehouse.execute(statement, parameters)
        names = [column[0] for column in result.description or ()]
        return "rows", names, result.fetchall()
    except WarehouseError as error:
        # A damaged file or a full disk says nothing about the data: it ends the run.
        if name_trouble(error) is not Trouble.OTHER:
            raise
        return "refused", str(error)
