"""The declarations of overlays, kept in the warehouse: a home is explained without its inbox.

What does not belong here: the parameters that scoring joins with (``catalogue_tables``), and
mappings, which say nothing about a score.
"""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.loader import ROOMS
from pipelines.catalogue.overlay import assemble_catalogue
from pipelines.deliveries.overlays import read_overlays
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

KEPT_ROOMS = tuple(room for room in ROOMS if room not in ("records", "sources"))


def build_own_declaration(warehouse: Warehouse, run: Run) -> None:
    """Builds ``catalogue.own_declaration``: one row per declaration that an overlay changes."""
    import pandas as pd

    warehouse.execute(
        "create or replace table catalogue.own_declaration"
        " (organisation_id VARCHAR, room VARCHAR, declaration_id VARCHAR, content VARCHAR)"
    )
    rows = [
        (organisation_id, room, id, declared.model_dump_json(exclude_unset=True))
        for organisation_id, catalogue in sorted(read_overlays(run).items())
        for room in KEPT_ROOMS
        for id, declared in getattr(catalogue, room).items()
        if declared != getattr(run.catalogue, room).get(id)
    ]
    if rows:
        columns = ["organisation_id", "room", "declaration_id", "content"]
        warehouse.write_frame("catalogue.own_declaration", pd.DataFrame(rows, columns=columns))


def read_own_catalogue(warehouse: Warehouse, shipped: Catalogue, organisation_id: str) -> Catalogue:
    """The catalogue by which an organisation was scored in the run that made this warehouse."""
    rows = warehouse.fetch_all(
        "select room, declaration_id, content from catalogue.own_declaration"
        " where organisation_id = ?",
        [organisation_id],
    )
    if not rows:
        return shipped
    laid: dict[str, dict] = {}
    for room, id, content in rows:
        laid.setdefault(room, {})[id] = ROOMS[room][0].model_validate_json(content)
    return assemble_catalogue(shipped, laid)


OWN_DECLARATION_STEP = TableStep(
    "catalogue.own_declaration",
    "Declarations that organisations added or replaced",
    (),
    build_own_declaration,
)
