"""The numbers that protected rows tell, by the names of their figures.

A sentence or a row of a file that names its figures may tell these and no other. What does not
belong here: reading sentences.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from pipelines.protection import protected_folder
from pipelines.protection.told_rows import NAMED_ROWS, name_told_row
from pipelines.run import Run
from reports.rendered.numbers import Number
from reports.tables import ProtectedTables, to_rows

SCORES = "indicator_scores"
AUDIT = "audit"
AUDIT_TABLES = ("audit_scores", "audit_rating", "audit_recommendation")  # tell of one audit
OF_EVERYBODY = {"fidelity_outcome"}  # estimates over all organisations belong to each
DUE = "_due"  # who was due for a moment stands in a stage of its own, in a row with the moment
SMALLEST_P_VALUE = 0.001  # a smaller one is told as "below"


class ToldNumbers:
    """What the named figures of one organisation tell; nothing of one that is hidden."""

    def __init__(self, run: Run, organisation_id: str, names: Set[str], hidden: Set[str]):
        self._numbers: dict[str, list[float]] = defaultdict(list)
        wanted = names - hidden
        tables = {name.partition("|")[0] for name in wanted}
        with ProtectedTables(protected_folder(run)) as reader:
            if not tables <= NAMED_ROWS.keys():
                for row in to_rows(reader.read(SCORES, organisation_id)):
                    self._add(row["score_key"], row, wanted)
            for table in sorted(tables & NAMED_ROWS.keys()):
                of_whom = None if table in OF_EVERYBODY else organisation_id
                for row in to_rows(reader.read(table, of_whom)):
                    self._add(name_told_row(table, row), row, wanted)
            if AUDIT in tables:
                self._add_audits(reader, organisation_id, wanted)

    def tells(self, number: Number, names: Iterable[str]) -> bool:
        """True when one of the figures has this number."""
        for name in names:
            for exact in self._numbers.get(name, ()):
                if number.rounds(exact):
                    return True
        return False

    def _add(self, name: str, row: Mapping, wanted: Set[str]) -> None:
        for one in {name, name.removesuffix(DUE)} & wanted:
            self._numbers[one] += [
                float(value)
                for value in row.values()
                if isinstance(value, int | float) and not isinstance(value, bool)
            ]
            if row.get("p_value") is not None:
                self._numbers[one].append(SMALLEST_P_VALUE)

    def _add_audits(self, reader: ProtectedTables, organisation_id: str, wanted: Set[str]) -> None:
        names = {
            row["audit_id"]: name_told_row(AUDIT, row)
            for row in to_rows(reader.read(AUDIT, organisation_id))
        }
        for table in AUDIT_TABLES:
            for row in to_rows(reader.read(table, organisation_id)):
                self._add(names[row["audit_id"]], row, wanted)
