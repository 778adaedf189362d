"""Method: how every number comes about, where each rule is from, and what nobody knows yet."""

from pipelines.catalogue.models.indicators import AnchorSet, Indicator
from reports.own_catalogue import list_changes, list_own_lists
from reports.pages.page import SUBSCALES, Page, PageContext
from reports.why import write_norm

SHAPES = ("within", "current", "recurring", "share", "ratio", "coverage", "rate", "rated")
STATUSES = (
    "scored",
    "no_norm",
    "too_few",
    "too_incomplete",
    "no_data",
    "suppressed",
    "provisional",
)
UNKNOWNS = ("anchors", "audit_items", "life_domains", "criteria", "periods", "fields_without_date")


def build(context: PageContext) -> list[Page]:
    """The method page."""
    words, language = context.words, context.language
    catalogue = context.catalogue
    return [
        Page(
            path="method.html",
            template="method.html",
            section="method",
            title=words("method.title"),
            values={
                "bands": _describe_bands(context),
                "bands_source": context.bands.source,
                "shapes": [(words(f"shape.{s}.name"), words(f"shape.{s}.rule")) for s in SHAPES],
                "blocks": [
                    (
                        words(f"part.{subscale}") if subscale else words("team.details"),
                        [
                            _describe_indicator(context, one)
                            for one in context.indicators_of(subscale)
                        ],
                    )
                    for subscale in (*SUBSCALES, None)
                ],
                "anchor_sets": [
                    _describe_anchors(context, one) for one in catalogue.anchors.values()
                ],
                "requirements": [
                    {
                        "id": one.id,
                        "name": one.name.in_language(language),
                        "rule": one.rule_text.in_language(language),
                        "provenance": words(f"provenance.{one.provenance}"),
                        "source": one.source,
                        "version": one.version,
                    }
                    for one in catalogue.requirements.values()
                ],
                "settings": _list_settings(context),
                "changes": list_changes(catalogue, context.shipped or catalogue, words),
                "own_lists": list_own_lists(catalogue, context.shipped or catalogue, words),
                "statuses": [
                    (s, words(f"status.{s}"), words(f"status_meaning.{s}")) for s in STATUSES
                ],
                "unknowns": [words(f"unknown.{one}") for one in _list_unknowns(context)],
                "terms": sorted(
                    (
                        (key.split(".")[1], words(key), words(f"glossary.{key.split('.')[1]}.text"))
                        for key in words.texts
                        if key.startswith("glossary.") and key.endswith(".name")
                    ),
                    key=lambda term: term[1].casefold(),
                ),
            },
        )
    ]


def _list_unknowns(context: PageContext) -> list[str]:
    """What nobody supplied: names of life domains are known once an organisation gives them."""
    shipped = context.shipped or context.catalogue
    has_names = context.catalogue.codes["life_domain"] != shipped.codes["life_domain"]
    return [one for one in UNKNOWNS if not (has_names and one == "life_domains")]


def _describe_bands(context: PageContext) -> str:
    words, formats = context.words, context.formats
    steps = []
    for step in context.bands.steps:
        label = step.label.in_language(context.language)
        if step.lower is None:
            steps.append(words("method.band_below", band=label))
        else:
            lower = formats.number(float(step.lower), 0 if step.lower % 1 == 0 else 2)
            steps.append(words("method.band_from", band=label, lower=lower))
    provenance = words(f"provenance.{context.bands.provenance}")
    return words("method.bands", bands=", ".join(steps), provenance=provenance)


def _describe_indicator(context: PageContext, one: Indicator) -> dict:
    words, language = context.words, context.language
    anchors = words("method.no_anchors") if one.anchors is None else write_norm(context, one)
    if one.anchors == "rating":
        anchors = words("method.rating")
    return {
        "id": one.id,
        "name": one.name.in_language(language),
        "rule": one.rule_text.in_language(language),
        "shape": words(f"shape.{one.shape}.name"),
        "fit": words(f"part.{one.fit}") if one.fit else context.formats.number(None),
        "anchors": anchors,
        "minimum": one.minimum_units,
        "unit": one.unit_label.in_language(language),
        "version": one.version,
        "provenance": words(f"provenance.{one.provenance}"),
        "source": one.source,
        "is_lower_better": one.is_lower_better,
    }


def _describe_anchors(context: PageContext, anchors: AnchorSet) -> dict:
    words, formats = context.words, context.formats

    def limit(value) -> str:
        return formats.percent(float(value), 0 if float(value) * 100 % 1 == 0 else 1)

    steps = []
    for step in sorted(anchors.steps, key=lambda step: step.score):
        lower = upper = None
        if step.lower is not None:
            key = "method.from" if step.is_lower_inclusive else "method.above"
            lower = words(key, limit=limit(step.lower))
        if step.upper is not None:
            key = "method.up_to" if step.is_upper_inclusive else "method.below"
            upper = words(key, limit=limit(step.upper))
        steps.append((step.score, " ".join(part for part in (lower, upper) if part)))
    return {
        "users": ", ".join(one.id for one in context.indicators if one.anchors == anchors.anchors),
        "steps": steps,
        "version": anchors.version,
        "provenance": words(f"provenance.{anchors.provenance}"),
        "source": anchors.source,
    }


def _list_settings(context: PageContext) -> list[dict]:
    """The settings of the programmes of the method; what several have alike stands once."""
    programmes: dict[tuple, list[str]] = {}
    for profile in context.catalogue.profiles.values():
        if not profile.is_method:
            continue
        for setting in profile.settings.values():
            label = setting.label.in_language(context.language)
            line = (label, setting.value, setting.provenance, setting.source)
            programmes.setdefault(line, []).append(profile.label.in_language(context.language))
    return [
        {
            "programme": ", ".join(names),
            "label": label,
            "value": value,
            "provenance": context.words(f"provenance.{provenance}"),
            "source": source,
        }
        for (label, value, provenance, source), names in programmes.items()
    ]
