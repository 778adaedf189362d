"""Overlays in an inbox: every fault of all of them at once, and mappings of an organisation."""

from dataclasses import replace

import pytest

from pipelines.catalogue import CatalogueError, load_catalogue
from pipelines.deliveries.inbox import list_files
from pipelines.deliveries.organisations import read_organisations
from pipelines.deliveries.overlays import find_catalogue, list_run_sources
from pipelines.run import Run

NORM = "id: Q-01\nversion: 2\nnorm: '0.8'\nsource: own"
TEAM_NAMES = "source: clientdossier\nversion: 2\ncodes: {team_id: {'De Brug': brug}}"


def add_overlay(door, name: str, files: dict[str, str], **settings) -> None:
    door.add_organisation(name, overlay="eigen", **settings)
    for path, text in files.items():
        file = door.inbox / name / "eigen" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def whole_run(door) -> Run:
    """A run with the whole shipped catalogue; that of the door has little in it."""
    return replace(door.run, catalogue=load_catalogue())


def test_faults_of_every_organisation_are_told_at_once(door):
    add_overlay(door, "een", {"requirements/Q-01.yaml": NORM.replace("2", "1")})
    add_overlay(door, "twee", {"fruit/appel.yaml": "id: appel"})
    with pytest.raises(CatalogueError) as raised:
        read_organisations(door.inbox, load_catalogue())
    found = [(fault.file, fault.key) for fault in raised.value.faults]
    assert ("een/eigen/requirements/Q-01.yaml", "version") in found
    assert ("twee/eigen/fruit", "name") in found


def test_a_mapping_of_an_organisation_is_its_own(door):
    add_overlay(door, "een", {"sources/clientdossier.yaml": TEAM_NAMES}, source="clientdossier")
    door.add_organisation("twee", source="clientdossier")
    sources = list_run_sources(whole_run(door))
    organisations = {
        one.organisation_id: one for one in read_organisations(door.inbox, load_catalogue())
    }
    assert organisations["een"].source == "een/clientdossier"
    assert organisations["twee"].source == "clientdossier"
    assert "De Brug" in str(sources["een/clientdossier"])
    assert "De Brug" not in str(sources["clientdossier"])


def test_a_changed_overlay_is_read_again(door):
    add_overlay(door, "een", {"requirements/Q-01.yaml": NORM})
    assert find_catalogue(whole_run(door), "een").requirements["Q-01"].version == 2
    text = NORM.replace("version: 2", "version: 12")
    (door.inbox / "een" / "eigen" / "requirements" / "Q-01.yaml").write_text(text)
    assert find_catalogue(whole_run(door), "een").requirements["Q-01"].version == 12


def test_files_of_an_overlay_are_no_deliveries(door):
    add_overlay(door, "een", {"codes/life_domain.yaml": "list: life_domain\nsource: own"})
    door.write("team.csv", "team_id", "een")
    organisations = read_organisations(door.inbox, load_catalogue())
    (own,) = (one for one in organisations if one.organisation_id == "een")
    assert [file.name for file in list_files(own)] == ["team.csv"]
