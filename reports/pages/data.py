"""Data: what was delivered and read, what was set aside and why, which checks failed."""

from reports.delivery_words import (
    find_rule_message,
    list_jumps,
    name_kind,
    say_reason,
    say_refusal,
)
from reports.detection_lines import list_detections
from reports.downloads import list_delivery_downloads
from reports.pages.page import Page, PageContext
from reports.panels import rows_read


def build(context: PageContext) -> list[Page]:
    """The data page."""
    organisation, words = context.organisation, context.words
    counts = rows_read.records(organisation.deliveries)
    panels = []
    if counts:
        labels = {row["record_kind"]: name_kind(context, row["record_kind"]) for row in counts}
        panels.append(rows_read.make_panel(counts, labels, words, context.formats))
    open_checks = [row for row in organisation.checks if row["status"] in ("failed", "error")]
    return [
        Page(
            path="data.html",
            template="data.html",
            section="data",
            title=words("data.title"),
            panels=panels,
            downloads=list_delivery_downloads(context),
            values={
                "panel": panels[0] if panels else None,
                "deliveries": [
                    {**row, "kind": name_kind(context, row["record_kind"])}
                    for row in organisation.deliveries
                    if row["record_kind"]
                ],
                "waiting": [
                    {**row, "why": list_jumps(context, row)}
                    for row in organisation.deliveries
                    if row["waiting_jumps"]
                ],
                "detections": list_detections(context),
                "has_forgotten": any(row["forgotten"] for row in organisation.deliveries),
                "refused": [
                    {**row, "why": say_refusal(context, row)}
                    for row in organisation.deliveries
                    if row["refused_reason"]
                ],
                "quarantine": [
                    {
                        **row,
                        "kind": name_kind(context, row["record_kind"]),
                        "why": say_reason(context, row["reason"], row["record_kind"]),
                    }
                    for row in organisation.quarantine
                ],
                "open_checks": [
                    {
                        **row,
                        "kind": name_kind(context, row["record_kind"]),
                        "is_share": row["check"].endswith("_share"),
                        "name": _name_check(context, row["check"], row["record_kind"]),
                    }
                    for row in open_checks
                ],
                "passed": sum(row["status"] == "passed" for row in organisation.checks),
                "not_applicable": sum(
                    row["status"] == "not_applicable" for row in organisation.checks
                ),
            },
        )
    ]


def _name_check(context: PageContext, check: str, kind: str | None) -> str:
    """``required:end_date`` -> the words of its family, with the label of the field."""
    family, _, subject = check.partition(":")
    declared = context.catalogue.records.get(kind or "")
    if family == "rule":
        return find_rule_message(context, kind, subject) or subject
    if declared and subject in declared.fields:
        subject = declared.fields[subject].label.in_language(context.language)
    name = context.words.get(f"check.{family}", family.replace("_", " "))
    return f"{name}: {subject}" if subject else name
