"""Holds everything a home keeps against everything else, says what is wrong, and puts it right.

The journal says what was accepted and published; landing, warehouse, results and releases must
agree with it. What does not belong here: cheap looks that every run takes (``deliveries.landed``,
``records.opening``), and starting a run.
"""

from pipelines.doctor.examination import Examination, examine_home
from pipelines.doctor.finding import Cure, Finding
from pipelines.doctor.repair import repair_files

__all__ = ["Cure", "Examination", "Finding", "examine_home", "repair_files"]
