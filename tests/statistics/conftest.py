"""Published cases: numbers with their source, one file per method."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def read_case() -> Callable[[str], dict]:
    """Reads ``cases/<name>.json``."""
    return lambda name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
