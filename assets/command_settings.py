"""The options of a command, each with its environment twin.

What does not belong here: the settings of a run (``assets.settings``).
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from pipelines.errors import UserError

PREFIX = "KRACHTWERK_"
DEFAULT_HOME = "build"


class CommandSettings:
    """An option wins from its environment twin (``home``, ``KRACHTWERK_HOME``)."""

    def __init__(self, options: argparse.Namespace, environment: Mapping[str, str] = os.environ):
        self.options = vars(options)
        self.environment = environment

    def read(self, name: str) -> str | None:
        """The setting as text, or None."""
        return self.options.get(name) or self.environment.get(PREFIX + name.upper()) or None

    def choose(self, name: str, choices: tuple[str, ...]) -> str:
        """One of ``choices``; the first when nothing is given.

        Raises:
            UserError: something else was given.
        """
        text = self.read(name) or choices[0]
        if text not in choices:
            raise UserError(
                what=f"{text!r} is not a known {name}.",
                where=f"--{name} or {PREFIX}{name.upper()}",
                expected=f"one of {', '.join(choices)}",
                to_do="Correct it, or leave it out.",
            )
        return text

    @property
    def home(self) -> Path:
        """The folder of the run that is asked about."""
        return Path(self.read("home") or DEFAULT_HOME).expanduser()
