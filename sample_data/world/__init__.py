"""What happened in three invented organisations, as typed records of our own record kinds.

What does not belong here: files, headers, quirks of exports (layouts, writers) and faults (faults).
"""

from sample_data.world.build import build_world
from sample_data.world.records import World
from sample_data.world.settings import ORGANISATIONS, Organisation

__all__ = ["ORGANISATIONS", "Organisation", "World", "build_world"]
