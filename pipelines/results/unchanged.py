"""Which research files may stay as they are: those of tables that hold the same rows as last time.

Of every file it is noted what it was written from and which bytes came of that. A file is taken
over when neither changed, so that it has the bytes that writing it again would give. What does not
belong here: writing files (``export``).
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipelines.records.fingerprint import describe_declarations
from pipelines.records.made_from import describe_rows
from pipelines.run import Run
from pipelines.warehouse import Warehouse

NOTES = "quality.research_file"


class LastFiles:
    """The files of the last run, and what each was written from."""

    def __init__(self, warehouse: Warehouse, run: Run, origin: dict):
        self.warehouse = warehouse
        self.shown = run.results
        self.shared = describe_declarations(run.catalogue)
        # An SPSS file has its labels in one language, and says of which day it is.
        self.of_form = {".sav": f"{run.research_language} {origin['as_of']}"}
        self.noted: dict[str, tuple[str, str]] = {}
        if warehouse.has_table(NOTES):
            rows = warehouse.fetch_all(f"select path, made_from, digest from {NOTES}")
            self.noted = {path: (made_from, digest) for path, made_from, digest in rows}
        self.rows: dict[str, str] = {}  # table -> what its rows are

    def take_over(self, table: str, target: Path) -> None:
        """Copies the files of a table whose rows are those of last time, but one touched since."""
        self.rows[table] = describe_rows(self.warehouse, [f"results.{table}"])
        for name, (made_from, digest) in self.noted.items():
            if Path(name).stem == table and made_from == self._describe(name):
                path = self.shown / name
                content = path.read_bytes() if path.is_file() else b""
                if digest == f"sha256:{hashlib.sha256(content).hexdigest()}":
                    (target / name).parent.mkdir(exist_ok=True)
                    (target / name).write_bytes(content)

    def note(self, resources: Iterable[dict]) -> None:
        """Notes what the files of this run were written from.

        Args:
            resources: the description of every file in the package.
        """
        rows = [(one["path"], self._describe(one["path"]), one["hash"]) for one in resources]
        frame = pd.DataFrame(rows, columns=["path", "made_from", "digest"])
        with self.warehouse.transaction():
            self.warehouse.execute(
                f"create or replace table {NOTES} (path VARCHAR, made_from VARCHAR, digest VARCHAR)"
            )
            self.warehouse.write_frame(NOTES, frame)

    def _describe(self, name: str) -> str:
        path = Path(name)
        parts = (self.shared, self.rows[path.stem], self.of_form.get(path.suffix, ""))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
