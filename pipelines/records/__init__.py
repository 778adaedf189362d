"""Landed rows become typed records, or are quarantined with every reason."""
