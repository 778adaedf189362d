"""The target: how many columns are right on layouts whose mapping is taken away."""

from pathlib import Path
from types import ModuleType

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.deliveries.layout import normalise_header
from tests.onboard import fifth_layout, fourth_layout, third_layout
from tests.onboard.conftest import list_exports, look_at
from tests.onboard.score import Score, add_up, score_layout, score_table

CATALOGUE = load_catalogue()
SAMPLES = {"zilverhorst": "aanlevertemplate", "getij": "clientdossier"}
TARGET = 0.9


@pytest.mark.parametrize("organisation", SAMPLES)
def test_ninety_per_cent_of_the_columns_are_right_and_no_wrong_one_is_sure(organisation, request):
    proposal = request.getfixturevalue(organisation)
    score = score_layout(proposal, CATALOGUE.sources[SAMPLES[organisation]], CATALOGUE)
    assert score.columns > 150
    assert score.share_right >= TARGET, score.wrong
    assert score.wrong_and_sure == []


@pytest.mark.parametrize("organisation", SAMPLES)
def test_every_export_gets_its_record_kinds(organisation, request):
    proposal = request.getfixturevalue(organisation)
    exports = CATALOGUE.sources[SAMPLES[organisation]].exports
    wanted = sorted(tuple(sorted(r.kind for r in export.records)) for export in exports)
    found = sorted(tuple(sorted(r.kind for r in table.records)) for table in proposal.mapped)
    assert found == wanted


def test_the_target_does_not_hang_on_the_names_of_files(tmp_path):
    (tmp_path / "files").mkdir()
    paths = []
    for at, path in enumerate(sorted(list_exports("zilverhorst"))):
        paths.append(tmp_path / "files" / f"x{at}.csv")
        paths[-1].write_bytes(path.read_bytes())
    proposal = look_at(paths, tmp_path / "work")
    score = score_layout(proposal, CATALOGUE.sources["aanlevertemplate"], CATALOGUE)
    assert score.share_right >= TARGET, score.wrong
    assert score.wrong_and_sure == []


def score_strange(layout: ModuleType, folder: Path) -> Score:
    """The score of a layout that says itself what is true."""
    (folder / "files").mkdir()
    proposal = look_at(layout.write_layout(folder / "files"), folder / "work")
    truths = {
        file: {normalise_header(header): uses for header, uses in columns.items()}
        for file, columns in layout.TRUTH.items()
    }
    score = add_up([score_table(table, truths[table.table.file]) for table in proposal.tables])
    assert score.columns == sum(len(columns) for columns in layout.TRUTH.values())
    return score


@pytest.mark.parametrize("layout", [third_layout, fourth_layout])
def test_what_is_not_recognised_is_left_out_and_not_put_somewhere_else(layout, tmp_path):
    score = score_strange(layout, tmp_path)

    assert score.share_right >= TARGET, score.wrong
    assert score.wrong_and_sure == []
    assert [one for one in score.wrong if one[3]] == []


def test_a_layout_nobody_tuned_for_is_mostly_right_and_never_sure_of_a_wrong_column(tmp_path):
    """78 % when it was written. A lower bound: words are not added for this layout."""
    score = score_strange(fifth_layout, tmp_path)

    assert score.share_right >= 0.75, score.wrong
    assert score.wrong_and_sure == []
