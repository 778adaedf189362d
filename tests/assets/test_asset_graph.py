"""The asset graph is known: a changed line of the snapshot is a changed line in the method.

After a wanted change: ``KRACHTWERK_WRITE_SNAPSHOT=1 pytest tests/assets/test_asset_graph.py``.
"""

import json
import os
from pathlib import Path

import dagster as dg
import pytest

from assets.definitions import defs
from assets.rooms import ROOMS
from pipelines.records.increments import is_made_on_news

SNAPSHOT = Path(__file__).with_name("asset_graph.json")


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def name_key(key: dg.AssetKey) -> str:
    return ".".join(key.path)


def describe_graph(graph) -> dict:
    nodes = {}
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        nodes[name_key(key)] = {
            "group": node.group_name,
            "reads": sorted(map(name_key, node.parent_keys)),
            "checks": sorted(check.name for check in node.check_keys),
        }
    return dict(sorted(nodes.items()))


def test_the_asset_graph_is_the_one_in_the_snapshot(graph):
    found = describe_graph(graph)
    if os.environ.get("KRACHTWERK_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_asset_that_is_read_is_made_here(graph):
    assert {name_key(key) for key in graph.external_asset_keys} == set()


def test_every_table_step_is_one_asset_with_a_group_and_a_description(graph):
    for steps in ROOMS.values():
        for step in steps:
            node = graph.get(dg.AssetKey(step.table.split(".")))
            assert node.group_name != "default"
            assert node.description


def test_what_is_only_made_on_news_is_made_after_the_fingerprints(graph):
    fingerprint = dg.AssetSelection.assets(dg.AssetKey(["staged", "fingerprint"]))
    after = {name_key(key) for key in fingerprint.downstream().resolve(graph)}
    asking = {step.table for steps in ROOMS.values() for step in steps if is_made_on_news(step)}
    assert "results.comparison" in asking
    assert asking <= after


def test_everything_that_is_published_stands_behind_the_gate(graph):
    gated = dg.AssetKey(["results", "check_results"])
    behind = dg.AssetSelection.assets(gated).downstream().resolve(graph)
    names = {name_key(key) for key in behind}
    protected = {name_key(key) for key in graph.get_all_asset_keys() if key.path[0] == "protected"}
    assert protected | {"publication.site", "publication.results"} <= names


def test_the_site_is_made_from_protected_tables_alone(graph):
    reads = {name_key(key) for key in graph.get(dg.AssetKey(["publication", "site"])).parent_keys}
    assert reads
    assert all(name.startswith("protected.") for name in reads)
