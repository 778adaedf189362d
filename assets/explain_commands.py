"""The commands ``krachtwerk explain`` and ``krachtwerk changes``: options in, text or JSON out.

What does not belong here: the explanation itself (the explain room).
"""

import argparse
import json
import sys

from assets.command_settings import CommandSettings
from pipelines.errors import UserError

LANGUAGES = ("nl", "en")
FORMATS = ("text", "json")


def add_explain_commands(commands) -> None:
    """Adds both commands to the parser's subcommands."""
    explain = commands.add_parser(
        "explain", help="why a number is what it is, down to file and row"
    )
    explain.add_argument("score_key", metavar="SCORE_KEY", help="e.g. 'KI-1|org|team|2026-Q1|v1'")
    explain.add_argument(
        "--units", metavar="N", help="how many units to list with their rows (default 20)"
    )
    explain.set_defaults(work=explain_one_score)
    changes = commands.add_parser("changes", help="the exact split of a difference")
    changes.add_argument("score_key", metavar="SCORE_KEY", help="e.g. 'KI-1|org|team|2026-Q1|v1'")
    changes.add_argument("--since", metavar="PERIOD", help="the other period, e.g. 2025-Q4")
    changes.add_argument(
        "--since-release",
        metavar="ID",
        help="instead: an earlier release of the same period, as it is called under HOME/kept",
    )
    changes.set_defaults(work=split_one_change)
    for parser in (explain, changes):
        parser.add_argument("--language", metavar="nl|en", help="language of the answer")
        parser.add_argument("--format", metavar="text|json", help="how the answer is written")
        parser.add_argument("--home", metavar="DIR", help="home of the run (default build)")


def explain_one_score(options: argparse.Namespace) -> int:
    """``krachtwerk explain``."""
    settings = CommandSettings(options)
    language, output = settings.choose("language", LANGUAGES), settings.choose("format", FORMATS)
    unit_limit = _read_count(settings.read("units") or "20")
    from pipelines.catalogue import load_catalogue
    from pipelines.explain import describe_explanation, explain_score, list_explanation
    from pipelines.explain.home import open_home
    from pipelines.explain.score_key import read_score_key
    from pipelines.facts.own_declarations import read_own_catalogue

    key = read_score_key(options.score_key)
    with open_home(settings.home) as warehouse:
        catalogue = read_own_catalogue(warehouse, load_catalogue(), key.organisation_id)
        explanation = explain_score(warehouse, catalogue, key, unit_limit)
    if output == "json":
        _write(_write_json(list_explanation(explanation, language)))
    else:
        _write(describe_explanation(explanation, catalogue, language))
    return 0


def split_one_change(options: argparse.Namespace) -> int:
    """``krachtwerk changes``."""
    settings = CommandSettings(options)
    language, output = settings.choose("language", LANGUAGES), settings.choose("format", FORMATS)
    since, release = settings.read("since"), settings.read("since_release")
    if (since is None) == (release is None):
        raise UserError(
            what="Name what to compare with: one other period, or one earlier release.",
            where="--since, --since-release",
            expected="one of the two",
            to_do="Give --since 2025-Q4, or --since-release with the name of an earlier release.",
        )
    from pipelines.catalogue import load_catalogue
    from pipelines.explain import (
        compare_periods,
        compare_releases,
        describe_change,
        find_release,
        list_change,
    )
    from pipelines.explain.home import open_home
    from pipelines.explain.score_key import read_score_key
    from pipelines.facts.own_declarations import read_own_catalogue

    key = read_score_key(options.score_key)
    with open_home(settings.home) as warehouse:
        catalogue = read_own_catalogue(warehouse, load_catalogue(), key.organisation_id)
        if since is not None:
            change = compare_periods(warehouse, key, since)
        else:
            change = compare_releases(
                warehouse, key, find_release(warehouse, settings.home, release)
            )
        text = describe_change(warehouse, catalogue, change, language)
    _write(_write_json(list_change(catalogue, change, language)) if output == "json" else text)
    return 0


def _read_count(text: str) -> int:
    if not text.isdecimal():
        raise UserError(
            what=f"{text!r} is not a number of units.",
            where="--units",
            expected="a whole number, 0 or more",
            to_do="Correct it, or leave it out.",
        )
    return int(text)


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _write_json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
