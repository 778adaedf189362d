"""Data: what was delivered and read, what was set aside and why, which checks failed."""

import json

from pipelines.catalogue.refusal_words import describe_jump, describe_refusal
from reports.pages.page import Page, PageContext
from reports.panels import rows_read


def build(context: PageContext) -> list[Page]:
    """The data page."""
    organisation, words = context.organisation, context.words
    counts = rows_read.records(organisation.deliveries)
    panels = []
    if counts:
        labels = {row["record_kind"]: _name_kind(context, row["record_kind"]) for row in counts}
        panels.append(rows_read.make_panel(counts, labels, words, context.formats))
    open_checks = [row for row in organisation.checks if row["status"] in ("failed", "error")]
    return [
        Page(
            path="data.html",
            template="data.html",
            section="data",
            title=words("data.title"),
            panels=panels,
            values={
                "panel": panels[0] if panels else None,
                "deliveries": [
                    {**row, "kind": _name_kind(context, row["record_kind"])}
                    for row in organisation.deliveries
                    if row["record_kind"]
                ],
                "waiting": [
                    {**row, "why": _list_jumps(context, row)}
                    for row in organisation.deliveries
                    if row["waiting_jumps"]
                ],
                "has_forgotten": any(row["forgotten"] for row in organisation.deliveries),
                "refused": [
                    {**row, "why": _say_refusal(context, row)}
                    for row in organisation.deliveries
                    if row["refused_reason"]
                ],
                "quarantine": [
                    {
                        **row,
                        "kind": _name_kind(context, row["record_kind"]),
                        "why": _say_reason(context, row["reason"], row["record_kind"]),
                    }
                    for row in organisation.quarantine
                ],
                "open_checks": [
                    {
                        **row,
                        "kind": _name_kind(context, row["record_kind"]),
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


def _name_kind(context: PageContext, kind: str | None) -> str:
    if kind is None:
        return context.formats.number(None)
    declared = context.catalogue.records.get(kind)
    return declared.label.in_language(context.language) if declared else kind


def _say_refusal(context: PageContext, row: dict) -> str:
    """Why a file was refused and what its supplier must do."""
    if not row["refused_code"]:
        return context.words("data.refused_before_codes")
    return describe_refusal(context.words, row["refused_code"], json.loads(row["refused_values"]))


def _list_jumps(context: PageContext, row: dict) -> list[str]:
    """What is sudden about a file that waits, one sentence each."""
    return [
        describe_jump(context.words, jump["code"], jump["values"])
        for jump in json.loads(row["waiting_jumps"])
    ]


def _say_reason(context: PageContext, reason: str, kind: str | None) -> str:
    """A reason of quarantine; a rule between fields has its own sentence."""
    message = _find_rule_message(context, kind, reason)
    return message or context.words.get(f"reasons.{reason}", reason.replace("_", " "))


def _find_rule_message(context: PageContext, kind: str | None, rule_name: str) -> str | None:
    declared = context.catalogue.records.get(kind or "")
    for rule in declared.rules if declared else ():
        if rule.name == rule_name:
            return rule.message.in_language(context.language)
    return None


def _name_check(context: PageContext, check: str, kind: str | None) -> str:
    """``required:end_date`` -> the words of its family, with the label of the field."""
    family, _, subject = check.partition(":")
    declared = context.catalogue.records.get(kind or "")
    if family == "rule":
        return _find_rule_message(context, kind, subject) or subject
    if declared and subject in declared.fields:
        subject = declared.fields[subject].label.in_language(context.language)
    name = context.words.get(f"check.{family}", family.replace("_", " "))
    return f"{name}: {subject}" if subject else name
