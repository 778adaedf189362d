"""Turns the records of an organisation into the tables that its system exports."""

from sample_data.layouts.make import make_tables

__all__ = ["make_tables"]
