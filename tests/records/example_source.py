"""A source system that exists only in these tests; it uses everything a mapping can say."""

from pipelines.catalogue.models.sources import Source

WORDS = {"nl": "voorbeeld", "en": "example"}
TEAM_FIELDS = {
    "team_id": {"column": "Locatie", "codes": {"De Brug": "brug", "De Brug, nacht": "nacht"}},
    "name": {"column": "Locatie"},
    "setting": {"constant": "outreach"},
    "start_date": {"column": "Open"},
}
EXPORTS = [
    {"id": "teams", "label": WORDS, "records": [{"kind": "team", "fields": TEAM_FIELDS}]},
    {
        "id": "trajecten",
        "label": WORDS,
        "records": [
            {
                "kind": "trajectory",
                "fields": {
                    "trajectory_id": {"column": "Nummer"},
                    "client_id": {"column": "Dossier"},
                    "team_id": TEAM_FIELDS["team_id"] | {"split": ", "},
                    "worker_id": {"column": "Coach", "split": ", "},
                    "programme": {"constant": "krachtwerk"},
                    "age_band": {"column": "Geboren", "age_band_at": "Start"},
                    "start_date": {"column": "Start"},
                    "end_date": {"column": "Einde"},
                    "target_group": {"column": "Doelgroep", "optional": True},
                },
            },
            {
                "kind": "closure",
                "only_where": {"column": "Einde"},
                "fields": {
                    "trajectory_id": {"column": "Nummer"},
                    "closure_date": {"column": "Einde"},
                    "planned": {"column": "Afronding", "codes": {"Wel plan": "true"}},
                },
            },
        ],
    },
    {
        "id": "contacten",
        "label": WORDS,
        "records": [
            {
                "kind": "contact",
                "row_key": {"field": "contact_id", "columns": ["Dossier", "Start", "Datum"]},
                "parent": {
                    "field": "trajectory_id",
                    "kind": "trajectory",
                    "match": {"client_id": "Dossier", "start_date": "Start"},
                },
                "fields": {
                    "contact_date": {"column": "Datum"},
                    "mode": {"column": "Vorm", "codes": {"Bellen": "phone"}},
                    "basic_task": {"column": "Taken", "split": ", ", "take": "first"},
                },
            }
        ],
    },
    {
        "id": "items",
        "label": WORDS,
        "records": [
            {
                "kind": "strengths_assessment_domain",
                "fields": {
                    "assessment_id": {"column": "KI"},
                    "life_domain": {"constant": domain},
                    "filled": {"column": column},
                },
            }
            for domain, column in (("L01", "Een"), ("L02", "Twee"))
        ],
    },
]
SOURCE = Source.model_validate(
    {
        "source": "dossier",
        "version": 1,
        "label": WORDS,
        "description": WORDS,
        "decimal_mark": ",",
        "exports": EXPORTS,
    }
)
