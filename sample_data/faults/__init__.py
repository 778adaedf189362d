"""Faults and quirks that are planted in the files, and the list of what each must lead to."""

from sample_data.faults.getij import plant_getij
from sample_data.faults.papaverdal import plant_papaverdal
from sample_data.faults.planter import Planter
from sample_data.faults.zilverhorst import plant_zilverhorst

PLANTERS = {
    "zilverhorst": plant_zilverhorst,
    "getij": plant_getij,
    "papaverdal": plant_papaverdal,
}

__all__ = ["PLANTERS", "Planter"]
