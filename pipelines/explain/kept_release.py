"""An earlier release as it was kept: its scores and units, to be compared with those of now.

What does not belong here: keeping a release (room ``results``) and splitting a difference.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pipelines.errors import UserError
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.units import Unit, make_units
from pipelines.results.kept import SCORES, UNITS, list_kept
from pipelines.warehouse import Warehouse, WarehouseError, escape_glob, read_sql


@dataclass(frozen=True)
class KeptScore:
    """One score of an earlier release, exact."""

    key: ScoreKey
    status: str
    score: float | None
    value: Fraction | None


@dataclass(frozen=True)
class KeptRelease:
    """A folder of ``<home>/kept``, read through an open warehouse."""

    warehouse: Warehouse
    folder: Path

    @property
    def name(self) -> str:
        """The release, as it was published."""
        return self.folder.name

    def find_score(self, key: ScoreKey) -> KeptScore | None:
        """The score of then: under the same version, else the version that was worked with."""
        row = self._fetch_one(
            """
            select indicator_version, status, score, numerator, denominator, numerator_parts,
                denominator_parts
            from read_parquet(?)
            where indicator_id = ? and organisation_id = ? and team_id = ? and period = ?
                and (indicator_version = ? or is_leading)
            order by indicator_version = ? desc
            """,
            [
                escape_glob(self.folder / SCORES),
                *(key.indicator_id, key.organisation_id, key.team_id, key.period),
                *(key.version, key.version),
            ],
        )
        if row is None:
            return None
        version, status, score, numerator, denominator, parts, denominator_parts = row
        value = None
        if denominator:
            value = Fraction(int(numerator), int(parts)) / Fraction(
                int(denominator), int(denominator_parts)
            )
        return KeptScore(key.with_version(version), status, score, value)

    def read_units(self, key: ScoreKey) -> list[Unit]:
        """Every unit of a score of then.

        Raises:
            UserError: of so large an installation the units are not kept.
        """
        path = self.folder / UNITS
        if not path.is_file():
            raise UserError(
                what="The units of this release are not kept: there were too many.",
                where=str(self.folder),
                expected=UNITS,
                to_do="Compare two periods with --since.",
            )
        rows = self._fetch_all(
            """
            select organisation_id, team_id, unit_kind, unit_id, trajectory_id, exclusion_reason,
                case when exclusion_reason is null then is_met end, 1,
                numerator, denominator, numerator_parts, denominator_parts
            from read_parquet($path)
            where indicator_id = $indicator_id and indicator_version = $version
                and period = $period
                and ($organisation_id in ('', organisation_id))
                and ($team_id in ('', team_id))
                and (is_shared or $organisation_id <> '')
            """,
            {
                "path": escape_glob(path),
                "indicator_id": key.indicator_id,
                "version": key.version,
                "period": key.period,
                "organisation_id": key.organisation_id,
                "team_id": key.team_id,
            },
        )
        return list(make_units(rows))

    def has_rule_of_now(self, key: ScoreKey) -> bool:
        """True when every organisation of a score counted by the same rule and terms as now.

        An organisation that was not there then has nothing to compare.
        """
        row = self._fetch_one(
            f"""
            select count(*)
            from (
                select distinct organisation_id, rule from read_parquet($path)
                where level = 'organisation' and indicator_id = $indicator_id
                    and indicator_version = $version and period = $period
                    and $organisation_id in ('', organisation_id)
            ) as earlier
            inner join (
                select distinct organisation_id, rule
                from ({read_sql("results", "kept_score")})
                where level = 'organisation' and indicator_id = $indicator_id
                    and indicator_version = $version and period = $period
            ) as later
                on later.organisation_id = earlier.organisation_id
                and later.rule <> earlier.rule
            """,
            {
                "path": escape_glob(self.folder / SCORES),
                "indicator_id": key.indicator_id,
                "version": key.version,
                "period": key.period,
                "organisation_id": key.organisation_id,
            },
        )
        return row == (0,)

    def _fetch_all(self, sql: str, parameters: object) -> list[tuple]:
        try:
            return self.warehouse.fetch_all(sql, parameters)
        except WarehouseError as error:
            raise UserError(
                what="What was kept of this release cannot be read.",
                where=str(self.folder),
                expected=f"{SCORES} and {UNITS}, as a run wrote them",
                to_do="Name another release, or put the folder back from a copy.",
            ) from error

    def _fetch_one(self, sql: str, parameters: object) -> tuple | None:
        return next(iter(self._fetch_all(sql, parameters)), None)


def find_release(warehouse: Warehouse, home: Path, name: str) -> KeptRelease:
    """The kept release called ``name``; a path names a copy that was put elsewhere.

    Raises:
        UserError: it is not kept.
    """
    kept = home / "kept"
    folder = Path(name).expanduser() if "/" in name else kept / name
    if not (folder / SCORES).is_file():
        known = list_kept(kept)
        raise UserError(
            what="This release is not kept.",
            where=str(folder),
            expected=f"one of {', '.join(known)}" if known else "a run that published",
            to_do="Name a release with --since-release; the last two are kept. Copies of folders"
            " under `kept` may lie elsewhere: name their path.",
        )
    return KeptRelease(warehouse, folder)
