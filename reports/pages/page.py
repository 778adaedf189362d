"""What a page module gets (context) and gives (page)."""

from dataclasses import dataclass, field
from functools import cached_property

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.bands import BandSet
from pipelines.catalogue.models.indicators import Indicator
from pipelines.catalogue.wording import Words
from reports.formats import Formats
from reports.organisation import Organisation
from reports.panels import Panel
from reports.released_figures import ReleaseChanges

# The order in which a trajectory meets the method; other ids (of an overlay) come after.
READING_ORDER = ("ST", "SV", "KI", "ZR", "AP", "OM", "BT", "EV", "AF")
SUBSCALES = ("structure", "supervision", "practice")


@dataclass(frozen=True)
class Download:
    """One file to take away, beside the pages of a language."""

    path: str  # within the folder of the language
    label: str
    content: bytes


@dataclass(frozen=True)
class PageContext:
    """Everything a page may show: one organisation, in one language."""

    organisation: Organisation
    catalogue: Catalogue
    words: Words
    formats: Formats
    shipped: Catalogue | None = None  # to say what the organisation changed in it
    release_id: str = ""
    changes: ReleaseChanges = field(default_factory=ReleaseChanges)  # since the release before

    @property
    def language(self) -> str:
        """The language of the page, ``nl`` or ``en``."""
        return self.words.language

    @property
    def bands(self) -> BandSet:
        """The words for a score of the record profile."""
        return self.catalogue.bands["profile"]

    @cached_property
    def indicators(self) -> list[Indicator]:
        """All indicators in reading order."""

        def place(one: Indicator) -> tuple[int, str]:
            family = one.id.partition("-")[0]
            known = family in READING_ORDER
            return (READING_ORDER.index(family) if known else len(READING_ORDER), one.id)

        return sorted(self.catalogue.indicators.values(), key=place)

    def name(self, indicator_id: str) -> str:
        """The name of an indicator in the language of the page."""
        return self.catalogue.indicators[indicator_id].name.in_language(self.language)

    def indicators_of(self, subscale: str | None) -> list[Indicator]:
        """The indicators of one subscale (None: the detail indicators), in reading order."""
        return [one for one in self.indicators if one.subscale == subscale]


@dataclass(frozen=True)
class Page:
    """One page before it is written."""

    path: str  # file name within the folder of its language
    template: str
    section: str  # which entry of the navigation it belongs to
    title: str
    values: dict = field(default_factory=dict)
    panels: list[Panel] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)
