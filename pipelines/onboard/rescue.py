"""Personal columns that are of use after all, because of what the door makes of them.

A birth date lands only as an age group, the name of a worker only as a keyed hash. That is proposed
when nothing else in the table says it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.catalogue.models.records import RecordKind
from pipelines.deliveries.columns import AGE_BAND
from pipelines.onboard.assign import KindMatch
from pipelines.onboard.fit import Fitter
from pipelines.onboard.proposal import Confidence, Use, Why
from pipelines.onboard.uses import cap

if TYPE_CHECKING:
    from pipelines.onboard.propose import Look


def rescue_personal(
    look: "Look", match: KindMatch, kind: RecordKind, fitter: Fitter, highest: Confidence
) -> Iterator[tuple[Use, int]]:
    """Uses of personal columns, each with its position."""
    used = {m.target.field: m.position for m in match.matches if m.target.kind == kind.kind}
    start = used.get(kind.date_field or "")
    for position, found in sorted(look.left_out.items()):
        header = look.table.headers[position]
        if found.reason == "birth_date" and start is not None:
            for name, declared in kind.fields.items():
                if declared.codes == AGE_BAND and name not in used:
                    used[name] = position
                    options = {"age_band_at": look.table.headers[start]}
                    whys = (Why("header_birth_date"), Why("age_band"))
                    yield Use(kind.kind, name, highest, whys, options=options), position
        elif found.reason == "name" and "medewerker" in fitter.vocabulary.read(header):
            for name, declared in kind.fields.items():
                if declared.pseudonym == "worker" and name == "worker_id" and name not in used:
                    used[name] = position
                    whys = (Why("header_name"), Why("worker_names"))
                    confidence = cap(Confidence.MEDIUM, highest)
                    yield (
                        Use(kind.kind, name, confidence, whys, options={"is_name": True}),
                        position,
                    )
        elif found.reason == "name" and kind.kind == "team" and "name" not in used:
            used["name"] = position
            whys = (Why("header_name"), Why("team_name"))
            yield Use("team", "name", cap(Confidence.MEDIUM, highest), whys), position
