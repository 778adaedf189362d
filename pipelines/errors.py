"""The one way to tell a user what is wrong: what, where, what was expected, what to do."""


class UserError(Exception):
    """A fault that the user can mend; shown as one message, never as a traceback."""

    exit_code = 2

    def __init__(self, what: str, where: str, expected: str, to_do: str):
        self.what = what
        self.where = where
        self.expected = expected
        self.to_do = to_do
        super().__init__(
            f"{what}\n  where:    {where}\n  expected: {expected}\n  to do:    {to_do}"
        )

    def __reduce__(self):
        """So that the fault comes whole out of another process."""
        return type(self), (self.what, self.where, self.expected, self.to_do)


class PublicationRefusedError(UserError):
    """What was built may not be published; what was published stays."""

    exit_code = 1


class RunLockedError(UserError):
    """Another run holds the lock of this home."""

    exit_code = 75
