"""What is said about delivered files: kinds, refusals, sudden jumps and reasons of quarantine."""

import json

from pipelines.catalogue.refusal_words import describe_jump, describe_refusal
from reports.pages.page import PageContext


def name_kind(context: PageContext, kind: str | None) -> str:
    """The name of a record kind; a dash for a file as a whole."""
    if kind is None:
        return context.formats.number(None)
    declared = context.catalogue.records.get(kind)
    return declared.label.in_language(context.language) if declared else kind


def say_refusal(context: PageContext, row: dict) -> str:
    """Why a file was refused and what its supplier must do."""
    if not row["refused_code"]:
        return context.words("data.refused_before_codes")
    return describe_refusal(context.words, row["refused_code"], json.loads(row["refused_values"]))


def list_jumps(context: PageContext, row: dict) -> list[str]:
    """What is sudden about a file that waits, one sentence each."""
    return [
        describe_jump(context.words, jump["code"], jump["values"])
        for jump in json.loads(row["waiting_jumps"])
    ]


def say_reason(context: PageContext, reason: str, kind: str | None) -> str:
    """A reason of quarantine; a rule between fields has its own sentence."""
    message = find_rule_message(context, kind, reason)
    return message or context.words.get(f"reasons.{reason}", reason.replace("_", " "))


def find_rule_message(context: PageContext, kind: str | None, rule_name: str) -> str | None:
    """The sentence of a rule between fields of a record kind, when it is one."""
    declared = context.catalogue.records.get(kind or "")
    for rule in declared.rules if declared else ():
        if rule.name == rule_name:
            return rule.message.in_language(context.language)
    return None
