"""How a fault in a declaration is told: file, key, what is wrong, all of them at once."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in one declaration file."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


class CatalogueError(Exception):
    """The catalogue, an overlay or a mapping has faults; ``faults`` holds every one of them."""

    def __init__(self, faults: list[Fault]):
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
