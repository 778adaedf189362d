"""The ends of a run: files for research, the published site, and what is kept to compare with."""

from collections.abc import Sequence

import dagster as dg

from assets.session import Session
from assets.table_assets import make_asset
from pipelines.results import export_results, keep_release
from reports import publish

GROUP = "publication"
RESULTS = "publication.results"
SITE = "publication.site"
KEPT = "publication.kept_release"


def make_results_asset(reads: Sequence[str]) -> dg.AssetsDefinition:
    """The asset of the research files."""

    def export(session: Session) -> dg.MaterializeResult:
        counts = export_results(session.warehouse, session.run)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(counts.values()),
                "folder": dg.MetadataValue.path(str(session.run.results)),
            }
        )

    return make_asset(
        RESULTS,
        GROUP,
        "Tidy tables for research with a data dictionary: pseudonymised, not protected.",
        reads,
        export,
        kinds={"parquet"},
    )


def make_site_asset(reads: Sequence[str]) -> dg.AssetsDefinition:
    """The asset of the published dashboards."""

    def build(session: Session) -> dg.MaterializeResult:
        session.site = publish(session.run)
        return dg.MaterializeResult(
            metadata={
                "release": session.site.release_id,
                "pages": session.site.pages,
                "dagster/row_count": session.site.pages,
                "folder": dg.MetadataValue.url(session.run.site.as_uri()),
            }
        )

    return make_asset(
        SITE,
        GROUP,
        "The dashboards of every organisation, from protected tables alone, swapped in one move.",
        reads,
        build,
        kinds={"plotly"},
    )


def make_kept_asset(reads: Sequence[str]) -> dg.AssetsDefinition:
    """The asset of what is kept of the published release."""

    def keep(session: Session) -> dg.MaterializeResult:
        release = session.run.site.resolve().name
        count = keep_release(session.warehouse, session.run, release)
        return dg.MaterializeResult(metadata={"dagster/row_count": count, "release": release})

    return make_asset(
        KEPT,
        GROUP,
        "Scores and units of the published release: a later release is compared with them.",
        (SITE, *reads),
        keep,
        kinds={"parquet"},
    )
