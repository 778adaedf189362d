"""A small inbox that a test fills, and a door to receive it."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.sources import Source
from pipelines.deliveries import Delivery, Reception, Refusal, receive_deliveries
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse


@dataclass
class Door:
    """An inbox with one organisation, a home and a key; mappings are given as plain dicts."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def run(self) -> Run:
        shipped = load_catalogue()
        catalogue = Catalogue(
            records=shipped.records,
            codes=shipped.codes,
            sources={**shipped.sources, **self.sources},
            profiles=shipped.profiles,
            jump_limits=shipped.jump_limits,
        )
        return Run(
            inbox=self.inbox,
            home=self.root / "home",
            key_file=self.root / "secret" / "key",
            catalogue=catalogue,
        )

    def add_organisation(self, folder_name: str = "org", **settings: object) -> Path:
        folder = self.inbox / folder_name
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "organisation_id": folder_name,
            "name": f"Stichting {folder_name}",
            "source": "canonical",
            "exported_on": "2026-01-15",
            **settings,
        }
        lines = [f"{key}: {value}" for key, value in content.items() if value is not None]
        (folder / "organisation.yaml").write_text("\n".join(lines), encoding="utf-8")
        return folder

    def add_source(self, source_id: str, *exports: dict, version: int = 1) -> None:
        """A mapping; an export is its id, records and options, labels are filled in."""
        label = {"nl": source_id, "en": source_id}
        self.sources[source_id] = Source.model_validate(
            {
                "source": source_id,
                "version": version,
                "label": label,
                "description": label,
                "exports": [{"label": label, **export} for export in exports],
            }
        )

    def write(self, name: str, content: bytes | str, organisation_id: str = "org") -> Path:
        path = self.inbox / organisation_id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def receive(self) -> Reception:
        return receive_deliveries(self.run)

    def receive_one(self) -> Delivery:
        reception = self.receive()
        assert reception.refusals == ()
        (delivery,) = reception.deliveries
        return delivery

    def refuse_one(self) -> Refusal:
        reception = self.receive()
        assert reception.deliveries == ()
        (refusal,) = reception.refusals
        return refusal

    def read_landing(self, delivery: Delivery) -> list[dict]:
        path = self.run.landing / delivery.landing
        frame = open_reader().fetch_frame("select * from read_parquet(?)", [str(path)])
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return [{str(key): value for key, value in row.items()} for row in rows]

    def list_home(self) -> list[Path]:
        return sorted(path for path in self.run.home.rglob("*") if path.is_file())

    def read_home(self) -> bytes:
        """Every byte that is kept, Parquet also as the text of its cells."""
        kept = b""
        for path in self.list_home():
            kept += path.name.encode() + path.read_bytes()
            if path.suffix == ".parquet":
                rows = open_reader().fetch_all("from read_parquet(?)", [str(path)])
                kept += repr(rows).encode()
        return kept


@cache
def open_reader() -> Warehouse:
    """One in-memory warehouse for all tests of a process: opening one takes a tenth of a second."""
    warehouse = ExitStack().enter_context(open_warehouse())
    warehouse.execute("set threads = 1")  # a handful of rows: threads only wait
    return warehouse


def open_door(root: Path) -> Door:
    """A door with a key and one organisation, ``org``, in an empty folder."""
    door = Door(root)
    key = door.run.key_file
    key.parent.mkdir()
    key.write_bytes(bytes(range(7, 71)))
    key.chmod(0o600)
    door.add_organisation()
    return door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)
