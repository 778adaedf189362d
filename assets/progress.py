"""One line per group of assets on the terminal: how much, how long."""

from collections import Counter
from collections.abc import Callable, Mapping

from assets.session import Measured


class Progress:
    """Says a group's line as soon as the last of its pieces of work is done."""

    def __init__(self, pieces: Mapping[str, int], say: Callable[[str], None]):
        self._left = Counter(pieces)
        self._pieces = dict(pieces)
        self._say = say
        self._rows: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}

    def tell(self, measured: Measured) -> None:
        """Takes one finished piece of work."""
        group = measured.group
        self._rows[group] += measured.row_count
        self._seconds[group] = self._seconds.get(group, 0.0) + measured.seconds
        self._left[group] -= 1
        if self._left[group] == 0:
            self._say(self._describe(group))

    def _describe(self, group: str) -> str:
        name = group.replace("_", " ")
        pieces = f"{self._pieces[group]} step{'s' if self._pieces[group] > 1 else ''}"
        rows = f"{self._rows[group]:,} rows"
        return f"  {name:<16}{pieces:>9}{rows:>16}{self._seconds[group]:>8.1f} s"
