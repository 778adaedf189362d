"""Small pure functions with their sources. Not here: anything that knows records or tables."""
