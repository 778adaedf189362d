"""A score key such as ``KI-1|org|team|2026-Q1|v1``: what it names, and what is wrong with it."""

import re
from dataclasses import dataclass, replace

from pipelines.errors import UserError

_PERIOD = re.compile(r"\d{4}(-Q[1-4])?")
_VERSION = re.compile(r"v[1-9]\d*")
EXAMPLE = "KI-1|organisation|team|2026-Q1|v1"


@dataclass(frozen=True)
class ScoreKey:
    """One score: indicator, place, period and version of the rule; a level leaves places empty."""

    indicator_id: str
    organisation_id: str
    team_id: str
    period: str
    version: int

    def __str__(self) -> str:
        """The key as it stands in the results."""
        place = (self.indicator_id, self.organisation_id, self.team_id, self.period)
        return "|".join((*place, f"v{self.version}"))

    @property
    def indicator_key(self) -> str:
        """The version of the indicator, as units carry it."""
        return f"{self.indicator_id}|v{self.version}"

    @property
    def level(self) -> str:
        """``team``, ``organisation`` or ``all``."""
        if self.team_id:
            return "team"
        return "organisation" if self.organisation_id else "all"

    def at(self, period: str) -> "ScoreKey":
        """The same score in another period."""
        return replace(self, period=period)

    def with_version(self, version: int) -> "ScoreKey":
        """The same score under another version of the rule."""
        return replace(self, version=version)


def read_score_key(text: str) -> ScoreKey:
    """The key that ``text`` is.

    Raises:
        UserError: the text has another form.
    """
    parts = [part.strip() for part in text.split("|")]
    is_whole = len(parts) == 5 and parts[0] and not (parts[2] and not parts[1])
    if not is_whole or not _PERIOD.fullmatch(parts[3]) or not _VERSION.fullmatch(parts[4]):
        raise UserError(
            what="This is not a score key.",
            where=text,
            expected=f"five parts between bars, such as {EXAMPLE!r}; an organisation leaves the"
            " team empty, all organisations together leave both empty",
            to_do="Copy a `score_key` from results/indicator_scores.parquet, in quotes.",
        )
    return ScoreKey(*parts[:4], version=int(parts[4][1:]))


def check_period(text: str, key: ScoreKey) -> str:
    """``text`` when it is a period that can be compared with that of ``key``.

    Raises:
        UserError: no period, the same period, or a quarter beside a year.
    """
    if not _PERIOD.fullmatch(text):
        raise UserError(
            what=f"{text!r} is not a period.",
            where="--since",
            expected="a quarter such as 2025-Q4, or a year such as 2025",
            to_do="Correct the period.",
        )
    if text == key.period or len(text) != len(key.period):
        raise UserError(
            what=f"{text} cannot be compared with {key.period}.",
            where="--since",
            expected="another period of the same kind: a quarter beside a quarter, a year beside"
            " a year",
            to_do="Name another period.",
        )
    return text
