"""The exceptions a person may cause. Each carries one sentence that says what happened and what can be done."""


class AshoreError(Exception):
    """Base of all expected errors: shown as a toast or one line on stderr, never as a traceback."""


class RefusedError(AshoreError):
    """The request breaks a rule of the house; nothing was written."""


class GoneError(RefusedError):
    """What was asked for is not there any more, such as the company that a page shows."""


class UnknownNameError(AshoreError):
    """Nothing goes by this name; ``closest`` holds the names it may have meant, best first."""

    def __init__(self, message: str, closest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.closest = closest


class ChangedElsewhereError(RefusedError):
    """The value was changed by someone else since it was read; both values are kept apart."""


class UnreadableFileError(AshoreError):
    """A file cannot be imported: missing, a directory, not text, too large."""


class DatabaseRefusedError(AshoreError):
    """The database is not ours, newer than this program, or damaged; it was not touched."""


class StorageError(AshoreError):
    """The disk or the database refused; nothing of the change was kept."""
