"""Holds every spec test beside the conformance kit: what a test asks must stand in it.

``KRACHTWERK_WRITE_KIT=1 pytest tests/spec`` writes the kit anew; commit what changed.
"""

import os
import shutil

import pytest

from tests.spec import scenario
from tests.spec.kit_files import (
    KIT,
    WRITE_VARIABLE,
    list_expected_files,
    list_inbox_files,
    name_case,
    read_case,
    write_case,
)


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get(WRITE_VARIABLE):
        for case in KIT.iterdir():
            if case.is_dir():
                shutil.rmtree(case)


@pytest.fixture(scope="module", autouse=True)
def scored_in_module():
    """Every scenario of the module, those of module fixtures too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenario, "SCORED", [])
        yield scenario.SCORED


@pytest.fixture(autouse=True)
def kit(request: pytest.FixtureRequest, scored_in_module: list[scenario.Scored]):
    """After a test: the scenarios it asked something of are in the kit, with the same answers."""
    before = {id(one): len(one.asked) for one in scored_in_module}
    yield
    for scored in scored_in_module:
        asked = scored.asked[before.get(id(scored), 0) :]
        if not asked:
            continue
        module = request.module.__name__.rpartition(".")[2]
        case, test = name_case(module, scored.scenario), request.node.originalname
        if os.environ.get(WRITE_VARIABLE):
            write_case(case, scored, test, asked)
        else:
            assert_in_kit(case, scored, asked)


def assert_in_kit(case: str, scored: scenario.Scored, asked: list[scenario.Question]) -> None:
    known = read_case(case)
    to_do = f"write the kit anew: {WRITE_VARIABLE}=1 pytest tests/spec"
    assert {(*vars(one).values(),) for one in asked} <= {tuple(one) for one in known["asked"]}, (
        f"{case} does not hold what this test asks; {to_do}"
    )
    everything = [scenario.Question(*one) for one in known["asked"]]
    files = {f"inbox/{path}": text for path, text in list_inbox_files(scored.scenario).items()}
    files |= {
        f"expected/{path}": text for path, text in list_expected_files(scored, everything).items()
    }
    found = {
        path.relative_to(KIT / case).as_posix(): path.read_text(encoding="utf-8")
        for path in (KIT / case).rglob("*")
        if path.is_file() and path.name != "case.json"
    }
    assert files == found, f"{case} holds something else; {to_do}"
