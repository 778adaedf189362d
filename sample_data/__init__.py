"""Exports of invented organisations with planted faults and effects, and their generator."""
