"""A second, slow and clear implementation of scoring, written from the rules and not from the SQL.

It exists to disagree: random small worlds are scored by both and every cell is compared. What does
not belong here: speed, files, staging, pages.
"""
