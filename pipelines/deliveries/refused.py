"""How a reader says that a file cannot be what it claims."""


class RefusedFileError(Exception):
    """The file is refused; the message names no value of any cell."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)


class ChangedFileError(RefusedFileError):
    """The file was written to while it was read; it is tried again at the next run."""
