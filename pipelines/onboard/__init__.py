"""Looks at an export that no mapping knows, and proposes the mapping.

A proposal is a guess with its reasons, for a person to read and correct; nothing here decides how a
delivery is read. Cells pass through memory only: what leaves this room are headers, shapes, counts,
and texts made of our own words alone. What does not belong here: the pages people read (layer
``reports``), and reading files (room ``deliveries``).
"""

from pipelines.onboard.files import MissingFileError, UnreadFile
from pipelines.onboard.mapping_text import write_mapping
from pipelines.onboard.proposal import ColumnProposal, Confidence, Proposal, TableProposal, Use
from pipelines.onboard.propose import propose_mapping
from pipelines.onboard.rehearsal import Rehearsal, rehearse

__all__ = [
    "ColumnProposal",
    "Confidence",
    "MissingFileError",
    "Proposal",
    "Rehearsal",
    "TableProposal",
    "UnreadFile",
    "Use",
    "propose_mapping",
    "rehearse",
    "write_mapping",
]
