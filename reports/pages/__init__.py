"""The pages of one organisation: what stands on them and in which order.

Each module offers ``build(context) -> list[Page]``. Not here: how a page is written to disk.
"""
