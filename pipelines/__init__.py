"""What happens to the data: a plain library without orchestrator and without pictures.

Rooms, in the order of the data: ``catalogue`` (knowledge as YAML), ``deliveries`` (files at the
door), ``records`` (typed rows), ``facts``, ``scoring``, ``protection``. ``warehouse`` is the only
room that opens DuckDB. Nothing here imports Dagster, Great Expectations or Plotly.
"""
