"""Bad input: one clear message, the documented exit code, nothing lost, nothing half-published."""

import pytest

from assets.command_line import main
from pipelines.deliveries import hold_lock
from pipelines.warehouse import open_warehouse
from tests.pipeline.conftest import read_tree

MESSAGE_PARTS = ("where:", "expected:", "to do:")


def check_message(error: str, *words: str) -> None:
    """One message with its four parts, naming ``words``, and no traceback."""
    assert "Traceback" not in error
    for part in MESSAGE_PARTS:
        assert error.count(part) == 1, error
    for word in words:
        assert word in error


def test_an_empty_inbox_is_said_and_nothing_is_published(workplace):
    workplace.inbox.mkdir()
    code, _, error = workplace.run()
    assert code == 2
    check_message(error, str(workplace.inbox))
    assert not workplace.home.joinpath("site").exists()


def test_an_inbox_that_does_not_exist_is_said(workplace):
    code, _, error = workplace.run()
    assert code == 2
    check_message(error, str(workplace.inbox))


def test_a_folder_without_settings_is_said_and_its_exports_stay_where_they_are(workplace):
    workplace.fill()
    (workplace.organisation / "organisation.yaml").unlink()
    before = read_tree(workplace.inbox)
    code, _, error = workplace.run()
    assert code == 2
    check_message(error, "organisation.yaml", "papaverdal")
    assert read_tree(workplace.inbox) == before


@pytest.mark.parametrize("is_named", [True, False])
def test_a_missing_key_file_is_said_before_anything_is_stored(workplace, is_named):
    workplace.fill()
    if is_named:
        workplace.key_file.unlink()
        code, _, error = workplace.run()
    else:
        workplace.environment.delenv("KRACHTWERK_KEY_FILE", raising=False)
        workplace.capsys.readouterr()
        options = ["--inbox", str(workplace.inbox), "--home", str(workplace.home)]
        code = main(["run", *options])
        error = workplace.capsys.readouterr().err
    assert code == 2
    check_message(error, "KRACHTWERK_KEY_FILE")
    assert not list(workplace.home.glob("landing/*"))


def test_a_second_run_at_the_same_time_is_turned_away(workplace):
    workplace.fill()
    with hold_lock(workplace.home):
        code, _, error = workplace.run()
    assert code == 75
    check_message(error, str(workplace.home))
    assert [path.name for path in workplace.home.iterdir()] == [".lock"]


def test_a_file_of_unknown_layout_and_a_broken_workbook_are_refused_and_the_rest_is_read(workplace):
    workplace.fill()
    (workplace.organisation / "vreemd.csv").write_text("appel;peer\n1;2\n", encoding="utf-8")
    (workplace.organisation / "kapot.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    code, printed, error = workplace.run()
    assert (code, error) == (0, "")
    for name in ("vreemd.csv", "kapot.xlsx"):
        assert f"refused: papaverdal, {name}: " in printed
    with open_warehouse(workplace.home / "warehouse.duckdb", is_read_only=True) as warehouse:
        refused = dict(
            warehouse.fetch_all(
                "select file, refused_reason from results.delivery_report"
                " where refused_reason is not null"
            )
        )
        assert set(refused) == {"vreemd.csv", "kapot.xlsx"}
        assert len(set(refused.values())) == 2  # each says its own reason
        assert warehouse.count_rows("staged.trajectory") > 0


def test_a_failing_run_leaves_what_was_published_and_what_was_landed(workplace):
    workplace.fill()
    assert workplace.run()[0] == 0
    kept = ("site", "results", "landing", "protected")
    before = {name: read_tree(workplace.home / name) for name in kept}
    journal = (workplace.home / "journal.jsonl").read_bytes()
    (workplace.organisation / "organisation.yaml").write_text("name: [", encoding="utf-8")
    code, _, error = workplace.run()
    assert code == 2
    check_message(error, "organisation.yaml")
    assert {name: read_tree(workplace.home / name) for name in kept} == before
    assert (workplace.home / "journal.jsonl").read_bytes() == journal


def test_only_refused_files_publish_nothing_and_say_why(workplace):
    workplace.organisation.mkdir(parents=True)
    settings = "organisation_id: leeg\nname: Leeg\nsource: canonical\n"
    (workplace.organisation / "organisation.yaml").write_text(settings, encoding="utf-8")
    (workplace.organisation / "vreemd.csv").write_text("appel;peer\n1;2\n", encoding="utf-8")
    code, printed, error = workplace.run()
    assert code == 2
    check_message(error, str(workplace.inbox))
    assert "vreemd.csv" in printed
    assert not workplace.home.joinpath("site").exists()
