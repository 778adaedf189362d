"""Landed rows become typed records, or are quarantined with every reason.

What does not belong here: reading files (room ``deliveries``) and what records mean for fidelity
(rooms ``facts`` and ``scoring``).
"""
