"""How a command is made: its help, the JSON it prints, the global options that may also stand behind its name."""

import gc
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tracker.cli.context import Context, make_context
from tracker.cli.helping import WideCommand
from tracker.messages import LANGUAGES, _, choose_language, later

_DATABASE, _NOW = "ashore.database", "ashore.now"

LARGEST_NUMBER = 2**63 - 1
"""What SQLite can store; nothing here is numbered so far."""

Body = Callable[..., None]
"""What a command does: takes the ``Context`` and its own parameters by name."""


class TranslatedOption(click.Option):
    """An option whose help is translated when it is shown, after ``--lang`` was read."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The names and the help, in the language of this process."""
        record = super().get_help_record(ctx)
        return None if record is None else (record[0], _(record[1]))


class Moment(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.5
    """A time as ISO 8601: ``2026-03-25T10:00``, with or without an offset."""

    name = "ISO8601"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - as click declares it
        """Read it, or fail as a mistake of usage."""
        try:
            moment = datetime.fromisoformat(str(value).strip())
            moment.astimezone()
        except (ValueError, OverflowError, OSError):
            self.fail(
                _("{value} is no time as ISO 8601, such as 2026-03-25T10:00.").format(value=repr(value)), param, ctx
            )
        return moment


def _keep(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401 - any option's
        if value is not None:
            ctx.meta[key] = value

    return keep


def _choose_language(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        choose_language(value)


def global_options(*, with_environment: bool) -> list[click.Parameter]:
    """The options of every command; those behind a command's name win over those before it and the environment."""
    return [
        TranslatedOption(
            ["--db"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            envvar="ASHORE_DB" if with_environment else None,
            expose_value=False,
            callback=_keep(_DATABASE),
            help=later("The database (or ASHORE_DB); by default the one in your data folder."),
        ),
        TranslatedOption(
            ["--now"],
            type=Moment(),
            envvar="ASHORE_NOW" if with_environment else None,
            expose_value=False,
            callback=_keep(_NOW),
            help=later("Fix the clock (or ASHORE_NOW), so that a run repeats; without an offset it is local."),
        ),
        TranslatedOption(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            is_eager=True,
            expose_value=False,
            callback=_choose_language,
            help=later("The language (or ASHORE_LANG)."),
        ),
    ]


def current_context() -> Context:
    """What the global options of the running command say."""
    meta = click.get_current_context().meta
    return make_context(path=meta.get(_DATABASE), now=meta.get(_NOW))


def command(name: str, *, summary: str, shape: str = "") -> Callable[[Body], click.Command]:
    """Make a command of a function that takes the ``Context`` and its own parameters.

    Args:
        name: What is typed.
        summary: The help, translated already.
        shape: The JSON that ``--json`` prints, shown below the help.
    """

    def make(body: Body) -> click.Command:
        @wraps(body)
        def run(**parameters: Any) -> None:  # noqa: ANN401 - each command's own
            _refuse_huge_numbers(parameters.values())
            # A command is over before its garbage matters; collecting is a sixth of an import's time.
            gc.disable()
            try:
                body(current_context(), **parameters)
            finally:
                gc.enable()

        made = click.command(name, cls=WideCommand, help=summary, epilog=f"\b\nJSON:\n{shape}" if shape else None)(run)
        made.params += global_options(with_environment=False)
        return made

    return make


def _refuse_huge_numbers(values: Iterable[object]) -> None:
    """Refuse what no table can hold nor be asked for.

    Raises:
        UsageError: a number, or one of several, is larger.
    """
    for value in values:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, int) and abs(one) > LARGEST_NUMBER:
                raise click.UsageError(_("{number} is too large a number.").format(number=one))


def json_option() -> Callable[[Body], Body]:
    """``--json``: one document on stdout instead of text for people."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
