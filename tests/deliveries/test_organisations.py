"""`organisation.yaml`: one clear message per fault."""

from datetime import date

import pytest

from pipelines.deliveries import read_organisations
from pipelines.errors import UserError


def read(door):
    return read_organisations(door.inbox, door.run.catalogue)


def test_settings_are_read_with_their_defaults(door):
    door.add_organisation(method_start="2021-05-01")

    (organisation,) = read(door)

    assert organisation.method_start == date(2021, 5, 1)
    assert organisation.disclosure_threshold == 10
    assert organisation.programme_profile == {}
    assert organisation.folder == door.inbox / "org"


def test_organisations_come_in_the_order_of_their_ids(door):
    door.add_organisation("b")
    (door.inbox / "b").rename(door.inbox / "aaa")

    assert [o.organisation_id for o in read(door)] == ["b", "org"]


def test_profile_override_is_read(door):
    door.add_organisation(programme_profile="{krachtwerk: {focus_days: 35}}")

    assert read(door)[0].programme_profile == {"krachtwerk": {"focus_days": 35}}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"organisation_id": None}, "organisation_id"),
        ({"organisation_id": "a|b"}, "organisation_id"),
        ({"organisation_id": "../b"}, "organisation_id"),
        ({"name": None}, "name"),
        ({"source": "onbekend_systeem"}, "onbekend_systeem"),
        ({"disclosure_threshold": 4}, "disclosure_threshold"),
        ({"exported_on": "31-13-2024"}, "exported_on"),
        ({"leeftijd": 3}, "leeftijd"),
        ({"programme_profile": "{krachtwerk: {focus_weken: 5}}"}, "focus_weken"),
        ({"programme_profile": "{krachtwerk: {focus_days: 0}}"}, "focus_days"),
        ({"programme_profile": "{jiujitsu: {focus_days: 5}}"}, "jiujitsu"),
        ({"overlay": "../elders"}, "overlay"),
        ({"overlay": "bestaat_niet"}, "overlay"),
    ],
)
def test_wrong_setting_is_named_with_its_file(door, settings, named):
    door.add_organisation(**settings)

    with pytest.raises(UserError, match=r"organisation\.yaml") as raised:
        read(door)
    assert named in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("content", ["a: [", "a: 1\na: 2", "- x", "", b"\xff\xfe\x00"])
def test_unreadable_settings_are_one_message(door, content):
    raw = content if isinstance(content, bytes) else content.encode()
    (door.inbox / "org" / "organisation.yaml").write_bytes(raw)

    with pytest.raises(UserError, match=r"organisation\.yaml"):
        read(door)


def test_folder_without_settings_is_named(door):
    (door.inbox / "leeg").mkdir()

    with pytest.raises(UserError, match=r"no organisation\.yaml") as raised:
        read(door)
    assert raised.value.where.endswith("leeg")


def test_settings_that_are_a_link_are_not_followed(door, tmp_path):
    real = door.inbox / "org" / "organisation.yaml"
    real.rename(tmp_path / "elders.yaml")
    real.symlink_to(tmp_path / "elders.yaml")

    with pytest.raises(UserError, match=r"no organisation\.yaml"):
        read(door)


def test_folder_that_is_a_link_is_not_followed(door, tmp_path):
    (tmp_path / "elders").mkdir()
    (door.inbox / "elders").symlink_to(tmp_path / "elders")

    with pytest.raises(UserError, match="link"):
        read(door)


def test_ids_that_differ_in_case_only_are_refused(door):
    door.add_organisation("ORG")

    with pytest.raises(UserError, match="Two organisations"):
        read(door)


def test_missing_and_empty_inbox_are_told_apart(door, tmp_path):
    with pytest.raises(UserError, match="There is no inbox"):
        read_organisations(tmp_path / "weg", door.run.catalogue)
    (tmp_path / "leeg").mkdir()
    with pytest.raises(UserError, match="The inbox is empty"):
        read_organisations(tmp_path / "leeg", door.run.catalogue)
