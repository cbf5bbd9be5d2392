"""What the commands share that print one thing in several forms, on stdout or into a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker.errors import RefusedError, StorageError
from tracker.messages import _

Function = TypeVar("Function", bound=Callable[..., Any])


def document_options(*styles: str) -> Callable[[Function], Function]:
    """The options ``--format``, ``--output`` and ``--force``, as ``style``, ``output`` and ``force``."""

    def add(function: Function) -> Function:
        options = (
            click.option(
                "--format", "style", type=click.Choice(styles), default=styles[0], show_default=True,
                help=_("How it is written."),
            ),
            click.option(
                "--output", type=click.Path(path_type=Path), metavar="FILE", help=_("Write it there, not on stdout.")
            ),
            click.option("--force", is_flag=True, help=_("Replace the file if it is there already.")),
        )  # fmt: skip
        for option in reversed(options):
            function = option(function)
        return function

    return add


def refuse_existing(path: Path | None, *, force: bool) -> None:
    """Stop before anything is computed that would replace a file unasked.

    Raises:
        RefusedError: the file is there, and nobody said ``--force``; or it is a device or a pipe.
    """
    if path is not None and path.is_file() and not force:
        raise RefusedError(_("{path} exists already; --force replaces it.").format(path=path))
    if path is not None and path.exists() and not (path.is_file() or path.is_dir()):
        # A device or a pipe would be lost: a whole file takes the place of what it replaces.
        raise RefusedError(_("{path} is not a file; leave --output away and use > instead.").format(path=path))


def write_document(path: Path, text: str) -> None:
    """Write a file that only the person can read, whole or not at all; what UTF-8 lacks becomes a question mark.

    Raises:
        StorageError: it cannot be written there; what stood there before still does.
    """
    from tracker.files import write_private_file

    try:
        write_private_file(path, text.encode(errors="replace"))
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error
