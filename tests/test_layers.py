"""Imports go one way, and each heavy library is known to one room only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("pipelines", "quality_checks", "reports", "assets")

# What each layer may import of ours: itself and what is listed.
ALLOWED_LAYERS = {
    "pipelines": {"pipelines"},
    "quality_checks": {"quality_checks", "pipelines"},
    "reports": {"reports", "pipelines"},
    "assets": {"assets", "quality_checks", "reports", "pipelines"},
}
# Library -> the only place that may import it.
FENCES = {
    "dagster": "assets",
    "great_expectations": "quality_checks",
    "duckdb_engine": "quality_checks",
    "plotly": "reports",
    "duckdb": "pipelines/warehouse",
    # The second room reads the workbooks that are about to be published, as anybody would.
    "python_calamine": ("pipelines/deliveries", "reports/rendered"),
}
# Rooms of pipelines in the order of the data: a room imports only earlier ones.
ROOM_ORDER = (
    "errors",
    "faults",
    "swap",
    "catalogue",
    "run",
    "statistics",
    "warehouse",
    "deliveries",
    "records",
    "onboard",
    "forget",
    "facts",
    "scoring",
    "audits",
    "outcomes",
    "monitoring",
    "results",
    "explain",
    "protection",
    "doctor",
)


def list_modules(*layers: str) -> list[Path]:
    return sorted(path for layer in layers for path in (ROOT / layer).rglob("*.py"))


def list_imports(path: Path) -> Iterator[str]:
    """Full names of the imported modules, also of imports inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            # `from pipelines import facts` imports pipelines.facts
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_module(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", list_modules(*LAYERS), ids=name_module)
def test_a_layer_imports_only_layers_below_it(path):
    layer = path.relative_to(ROOT).parts[0]
    ours = {name.partition(".")[0] for name in list_imports(path)} & {*LAYERS, "tests"}
    assert ours <= ALLOWED_LAYERS[layer]


@pytest.mark.parametrize("path", list_modules(*LAYERS), ids=name_module)
def test_a_heavy_library_is_imported_in_its_own_room_only(path):
    for name in {name.partition(".")[0] for name in list_imports(path)} & set(FENCES):
        rooms = (FENCES[name],) if isinstance(FENCES[name], str) else FENCES[name]
        within = tuple(f"{room}/" for room in rooms)
        assert name_module(path).startswith(within), f"imports {name}"


@pytest.mark.parametrize("path", list_modules("pipelines"), ids=name_module)
def test_a_room_imports_only_rooms_that_come_before_it_in_the_data(path):
    room = path.relative_to(ROOT / "pipelines").parts[0].removesuffix(".py")
    if room == "__init__":
        assert not list(list_imports(path))
        return
    place = ROOM_ORDER.index(room)
    for name in list_imports(path):
        parts = name.split(".")
        if parts[0] == "pipelines":
            assert ROOM_ORDER.index(parts[1]) <= place, f"{room} imports {name}"


# Plotly is built as plain dicts; only the tests draw with the library itself.
@pytest.mark.parametrize("library", sorted(set(FENCES) - {"plotly"}))
def test_every_fence_guards_something(library):
    imports = {name.partition(".")[0] for p in list_modules(*LAYERS) for name in list_imports(p)}
    assert library in imports
