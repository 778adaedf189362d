"""Names of instruments, scales, categories and teams in the language of a page, and small phrases.

Not here: which row is shown (``outcome_book``) and how it is drawn (panels).
"""

from dataclasses import dataclass

from reports.formats import DASH, Formats
from reports.outcome_book import BREAKDOWNS, Measure
from reports.pages.page import PageContext

# Breakdown -> code list that has the names of its categories.
CODE_LISTS = {
    "programme": "programme",
    "life_domain": "life_domain",
    "recovery_form": "recovery_form",
}


def show_signed(formats: Formats, value: float | None, digits: int = 1) -> str:
    """A difference with its sign; what rounds to nothing has none."""
    if value is None:
        return DASH
    size = formats.number(abs(value), digits)
    if size == formats.number(0, digits):
        return size
    return ("+" if value > 0 else "−") + size


def show_signed_interval(
    formats: Formats, low: float | None, high: float | None, digits: int = 1
) -> str:
    """The two ends of an interval of a difference."""
    if low is None or high is None:
        return DASH
    to = formats.words("outcomes.to")
    return f"{show_signed(formats, low, digits)} {to} {show_signed(formats, high, digits)}"


def choose_digits(*values: float | None) -> int:
    """Two decimals for changes on a short scale, such as 1 to 5; else one."""
    return 2 if max((abs(value) for value in values if value is not None), default=0) < 2 else 1


@dataclass(frozen=True)
class Place:
    """What one row of a chart is about, with the heading it stands under."""

    breakdown: str
    category: str | None
    name: str
    group: str

    @property
    def key(self) -> tuple[str, str | None]:
        """How the outcome book finds its rows."""
        return self.breakdown, self.category


class OutcomeWords:
    """Names in the language of one page."""

    def __init__(self, context: PageContext):
        self.context = context
        self.words = context.words
        self._teams = {team.team_id: team.name for team in context.organisation.teams}

    def name_instrument(self, instrument: str) -> str:
        """The name of an instrument; one that is not declared keeps its delivered name."""
        declared = self.context.catalogue.instruments.get(instrument)
        return declared.label.in_language(self.context.language) if declared else instrument

    def name_informant(self, informant: str) -> str:
        """Who filled it in, as in ``filled in by the client``."""
        return self.words.get(f"outcomes.informant.{informant}", informant)

    def name_scale(self, measure: Measure) -> str:
        """Instrument and scale, such as ``I.ROC: total``."""
        return f"{self.name_instrument(measure.instrument)}: {self.name_part(measure)}"

    def name_part(self, measure: Measure) -> str:
        """The scale without its instrument."""
        declared = self.context.catalogue.instruments.get(measure.instrument)
        scale = declared.scales.get(measure.scale) if declared else None
        return scale.label.in_language(self.context.language) if scale else measure.scale

    def name_version(self, measure: Measure) -> str:
        """The version, of an instrument that has several; else nothing."""
        declared = self.context.catalogue.instruments.get(measure.instrument)
        versions = declared.versions if declared else {}
        if len(versions) < 2 and declared:
            return ""  # there is only one to know
        known = versions.get(measure.version)
        return known.label.in_language(self.context.language) if known else measure.version

    def name_category(self, breakdown: str, category: str | None) -> str:
        """The name of a category of a breakdown."""
        if breakdown == "total":
            return self.words("outcomes.whole")
        if breakdown == "team":
            return self._teams.get(category or "", category or "")
        if category in ("not_recorded", "small_groups"):
            return self.words(f"outcomes.category.{category}")
        if breakdown in CODE_LISTS:
            codes = self.context.catalogue.codes[CODE_LISTS[breakdown]].codes
            if category in codes:
                return codes[category].label.in_language(self.context.language)
        return self.words.get(f"outcomes.{breakdown}.{category}", category or "")

    def name_group(self, breakdown: str) -> str:
        """The heading of a breakdown."""
        return self.words(f"outcomes.group.{breakdown}")

    def list_places(
        self, rows: dict[tuple, dict], breakdowns: tuple[str, ...] = BREAKDOWNS
    ) -> list[Place]:
        """What the rows are about, by breakdown and then by name; never by a result."""
        found = []
        for breakdown in breakdowns:
            categories = [category for kind, category in rows if kind == breakdown]
            named = [(self._place_of(breakdown, one), one or "", one) for one in categories]
            # one category is the whole again
            if breakdown not in ("total", "team") and len(named) < 2:
                continue
            group = "" if breakdown == "total" else self.name_group(breakdown)
            found += [
                Place(breakdown, one, self.name_category(breakdown, one), group)
                for _, _, one in sorted(named)
            ]
        return found

    def _place_of(self, breakdown: str, category: str | None) -> tuple[int, str]:
        """Codes in the order of their list, the rest by name, unnamed groups last."""
        if category in ("small_groups", "not_recorded"):
            return 9998 + (category == "not_recorded"), ""
        codes = CODE_LISTS.get(breakdown)
        order = list(self.context.catalogue.codes[codes].codes) if codes else []
        place = order.index(category) if category in order else len(order)
        return place, self.name_category(breakdown, category).casefold()

    def describe_state(self, row: dict | None) -> str:
        """Why there is no number, in one or two words."""
        status = "no_row" if row is None else row["status"]
        return self.words(f"outcomes.state.{status}")
