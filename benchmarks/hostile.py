"""How long and how much memory each hostile file takes: ``python -m benchmarks.hostile``.

The target is 2 seconds and 300 MB each, above a process that has everything imported.
"""

import tempfile
from pathlib import Path

from tests.deliveries.conftest import open_door
from tests.deliveries.hostile_files import HOSTILE
from tests.deliveries.test_hostile_files import put_beside_a_good_file, receive_apart


def main() -> None:
    """Prints one line per file."""
    print(f"{'file':<20}{'on disk MB':>12}{'CPU s':>8}{'memory MB':>11}  outcome")
    for hostile in HOSTILE:
        with tempfile.TemporaryDirectory() as folder:
            door = open_door(Path(folder))
            put_beside_a_good_file(door, hostile)
            size = (door.inbox / "org" / hostile.name).stat().st_size / 1e6
            _, refusals, megabytes, seconds = receive_apart(door)
        outcome = refusals[0].reason_code if refusals else "read"
        print(f"{hostile.name:<20}{size:>12.2f}{seconds:>8.2f}{megabytes:>11.0f}  {outcome}")


if __name__ == "__main__":
    main()
