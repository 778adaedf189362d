"""Programme profiles: the settings (days, caseload) by which a programme is judged."""

from pipelines.catalogue.models.base import Declaration, Provenance, Text


class Setting(Declaration):
    """One setting with its unit in the name and where it comes from."""

    value: int
    provenance: Provenance
    source: str
    label: Text


class Profile(Declaration):
    """The settings of one programme."""

    programme: str
    label: Text
    is_method: bool  # False for `other`: counts for caseload only
    settings: dict[str, Setting]
