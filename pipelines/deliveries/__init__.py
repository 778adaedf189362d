"""The files at the door: from an inbox full of exports to landing Parquet and a journal.

A file is recognised by its headers, read as text, stripped of every column nobody declared, and
written with keyed hashes in place of personal keys. What does not belong here: turning text into
typed values, quarantine and supersession (room ``records``).
"""

from pipelines.deliveries.canonical import CANONICAL, list_sources
from pipelines.deliveries.columns import (
    ROW_FAULT,
    ROW_NUMBER,
    LandedColumn,
    list_landed_columns,
    name_filter_column,
    name_hashed,
    name_key_column,
)
from pipelines.deliveries.journal import Delivery, Refusal, append_event, read_journal
from pipelines.deliveries.lock import hold_lock
from pipelines.deliveries.organisations import Organisation, read_organisations
from pipelines.deliveries.reception import Reception, receive_deliveries

__all__ = [
    "CANONICAL",
    "ROW_FAULT",
    "ROW_NUMBER",
    "Delivery",
    "LandedColumn",
    "Organisation",
    "Reception",
    "Refusal",
    "append_event",
    "hold_lock",
    "list_landed_columns",
    "list_sources",
    "name_filter_column",
    "name_hashed",
    "name_key_column",
    "read_journal",
    "read_organisations",
    "receive_deliveries",
]
