"""What columns of different tables, or of one table, say about each other; counted in SQL.

A column of trajectory numbers holds the numbers of the trajectory table; a date that is always one
year after another was filled in by the system.
"""

from dataclasses import replace

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import FieldType, RecordField
from pipelines.onboard.assign import KindMatch
from pipelines.onboard.files import FoundTable
from pipelines.onboard.fit import Fit, Target
from pipelines.onboard.shapes import Shape
from pipelines.warehouse import Warehouse

LINKED = 0.8  # of the different texts of a column that stand in the other column
_UNLINKED = 0.2
_FEWEST_TEXTS = 5  # fewer different texts may agree by chance
_BONUS, _DOUBT = 0.08, 0.6
_BY_LINK_ALONE = 0.45
_FILLED_IN_SHARE = 0.9


class Links:
    """Asks the loaded rows; holds no cells itself."""

    def __init__(self, warehouse: Warehouse, tables: list[FoundTable], shapes: list[list[Shape]]):
        self.warehouse = warehouse
        self.tables = tables
        self.shapes = shapes
        # (kind, field) -> (table, column) where its own records stand
        self.homes: dict[tuple[str, str], list[tuple[int, int]]] = {}
        # (table, column, table, column) -> shares
        self.shares: dict[tuple[int, int, int, int], tuple[float, float]] = {}

    def settle(self, catalogue: Catalogue, best: list[KindMatch | None]) -> None:
        """Takes the kinds of a first look as the places where keys come from."""
        self.homes = {}
        for number, match in enumerate(best):
            for found in match.matches if match else ():
                target = found.target
                is_home = target.kind == match.kind and (
                    target.field in catalogue.records[match.kind].key
                    or target.field in ("client_id", "worker_id")
                )
                if is_home and target.declared.type is FieldType.ID:
                    place = self.homes.setdefault((target.kind, target.field), [])
                    place.append((number, found.position))
        self._measure_all()

    def list_homes(self, declared: RecordField, target: Target) -> list[tuple[int, int]]:
        """Where the keys stand to which a field refers."""
        if declared.references:
            kind, _, field = declared.references.partition(".")
            return self.homes.get((kind, field), [])
        if declared.references_by:
            names = [tuple(one.split(".")) for one in declared.references_by.targets.values()]
            return [place for name in names for place in self.homes.get(name, [])]
        if target.is_parent_key and declared.type is FieldType.ID:
            return self.homes.get((target.kind, target.field), [])
        if declared.pseudonym == "worker" and (target.kind, target.field) != (
            "worker",
            "worker_id",
        ):
            return self.homes.get(("worker", "worker_id"), [])
        return []

    def adjust(self, number: int, position: int, target: Target, fit: Fit) -> Fit:
        """The fit of a column, better or worse by where its texts come from."""
        if target.declared.type is not FieldType.ID or not fit.cells:
            return fit
        homes = [home for home in self.list_homes(target.declared, target) if home[0] != number]
        if not homes or self.shapes[number][position].is_empty:
            return fit
        share = max(max(self.measure(number, position, *home)) for home in homes)
        texts = self.shapes[number][position].counts["distinct_count"]
        if share >= LINKED and texts >= _FEWEST_TEXTS:
            return replace(fit, score=min(1.0, max(fit.score + _BONUS, _BY_LINK_ALONE)))
        if share <= _UNLINKED and texts >= _FEWEST_TEXTS:
            return replace(fit, score=fit.score * _DOUBT)
        return fit

    def find_link(
        self, number: int, position: int, target: Target
    ) -> tuple[FoundTable, int] | None:
        """The table from which the texts of a column come, and the share in per cent."""
        homes = [home for home in self.list_homes(target.declared, target) if home[0] != number]
        shares = [(max(self.measure(number, position, *home)), home[0]) for home in homes]
        best = max(shares, default=(0.0, 0))
        return (self.tables[best[1]], int(100 * best[0])) if best[0] >= LINKED else None

    def find_padding(self, number: int, position: int, target: Target) -> int | None:
        """The length to which numbers are padded because they lost their leading zeros, or None."""
        for home in self.list_homes(target.declared, target):
            if home[0] == number:
                continue
            as_delivered, without_zeros = self.measure(number, position, *home)
            length = self.shapes[home[0]][home[1]].counts["zero_led_length"]
            if as_delivered < _UNLINKED and without_zeros >= LINKED and length:
                return int(length)
        return None

    def measure(self, child: int, column: int, parent: int, key: int) -> tuple[float, float]:
        """The share of texts found in the other column: as delivered, and without leading zeros."""
        return self.shares.get((child, column, parent, key), (0.0, 0.0))

    def _measure_all(self) -> None:
        """Compares every column that may hold keys with every place where keys stand."""
        homes = sorted({home for places in self.homes.values() for home in places})
        self.shares = {}
        if not homes:
            return
        selected = []
        for number, table in enumerate(self.tables):
            for at, shape in enumerate(self.shapes[number]):
                if not shape.is_empty and not shape.is_free_text:
                    selected.append(
                        f"select distinct {number} as number, {at} as position,"
                        f" lower(v{at}) as text from {table.rows} where v{at} is not null"
                    )
        self.warehouse.execute(
            f"create or replace temp table key_text as {' union all '.join(selected)}"
        )
        found = self.warehouse.fetch_all(
            f"""
            with home (number, position) as (values {", ".join(map(str, homes))}),
            key as (
                select number, position, text, ltrim(text, '0') as bare
                from key_text
                semi join home using (number, position)
            ),
            bare_key as (select distinct number, position, bare from key),
            child as (
                select *, count(*) over (partition by number, position) as texts from key_text
            ),
            same as (
                select
                    child.number, child.position, key.number, key.position,
                    count(*) / any_value(texts)
                from child
                inner join key on key.text = child.text and key.number <> child.number
                group by all
            ),
            alike as (
                select
                    child.number, child.position, k.number, k.position,
                    count(*) / any_value(texts)
                from child
                inner join bare_key as k
                    on k.bare = ltrim(child.text, '0') and k.number <> child.number
                group by all
            )
            select *, true from same union all select *, false from alike
            """
        )
        for *pair, share, is_same in found:
            same, alike = self.shares.get(tuple(pair), (0.0, 0.0))
            self.shares[tuple(pair)] = (share, alike) if is_same else (same, share)

    def find_filled_in(self, number: int) -> set[int]:
        """Date columns that nearly always lie a year less a day behind another one."""
        dates = [at for at, shape in enumerate(self.shapes[number]) if shape.is_date]
        pairs = [(earlier, later) for earlier in dates for later in dates if earlier != later]
        if not pairs:
            return set()
        days = ", ".join(f"read_date(v{at}) as d{at}" for at in dates)
        shares = ", ".join(
            f"avg(cast(d{later} - d{earlier} between 364 and 365 as integer))"
            for earlier, later in pairs
        )
        found = self.warehouse.fetch_one(
            f"with days as (select {days} from {self.tables[number].rows})"
            f" select {shares} from days"
        )
        return {
            later
            for (_, later), share in zip(pairs, found, strict=True)
            if share is not None and share >= _FILLED_IN_SHARE
        }
