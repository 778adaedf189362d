"""Readers: each turns one file format into rows of text cells with their row numbers.

A reader first shows the top of the file as grids of cells (``peek``), from which the layout is
recognised, and then gives the SQL that reads all rows (``read``): ``row_number``, ``is_ragged`` and
the cells ``c0``, ``c1``, ... as VARCHAR. What does not belong here: what a column means.
"""
