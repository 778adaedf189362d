"""The same steps as Dagster sees them, and the command line.

Assets are generated from the table steps of the rooms of ``pipelines``; nothing is computed here.
What does not belong here: any knowledge of records, indicators or pages.
"""
