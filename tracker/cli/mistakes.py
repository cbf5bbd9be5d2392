"""Mistakes of usage, told in the language of this process: click's own sentences are English."""

from typing import Any

import click

from tracker.cli.output import tell
from tracker.messages import _


class UsageMistakeError(click.UsageError):
    """How a command was called cannot be understood."""

    def __init__(self, error: click.UsageError, ctx: click.Context) -> None:
        super().__init__(sentence_of(error), error.ctx or ctx)

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - as click declares it
        """Print on stderr how the command is called, and what is wrong."""
        if self.ctx is not None:
            for line in self.ctx.get_usage().splitlines():
                tell(line)
            tell(_("More: {command} --help").format(command=self.ctx.command_path))
        tell(_("Error: {message}").format(message=self.message))


def sentence_of(error: click.UsageError) -> str:
    """What is wrong, in one sentence; what the program words itself stays as it is."""
    match error:
        case click.NoSuchOption():
            return _no_such_option(error)
        case click.BadOptionUsage():
            return _("{name} needs a value.").format(name=error.option_name)
        case click.MissingParameter():
            return _("{name} is missing.").format(name=_name(error))
        case click.BadParameter() if error.param is not None:
            return _wrong_value(_name(error), error.param.type, error.message)
        case _:
            return _left_over(error)


def _no_such_option(error: click.NoSuchOption) -> str:
    if " " in error.option_name:
        return _("What begins with a dash is read as an option; put -- before a text.")
    meant = "".join(f" {name}?" for name in error.possibilities or ())
    return _("There is no option {name}.").format(name=error.option_name) + meant


def _left_over(error: click.UsageError) -> str:
    """What click has no class for in all its versions: an unknown command, and words too many."""
    command = getattr(error, "command_name", None)
    if command:
        return _("There is no command {name}; ashore --help lists them.").format(name=command)
    if error.message.startswith("Got unexpected"):
        return _("There is more than it takes: {words}.").format(words=error.message.partition("(")[2].rstrip(")"))
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    """The parameter as one types it."""
    match error.param:
        case None:
            return ""
        case click.Argument():  # its metavar tells more than its name: [ID], {good|easy}
            return error.param.human_readable_name.strip("[]")
        case _:
            return error.param.get_error_hint(error.ctx).replace("'", "")


def _wrong_value(name: str, kind: Any, message: str) -> str:  # noqa: ANN401 - generic only since click 8.5
    """What a parameter takes, where it is known; else what the program said of the value."""
    if isinstance(kind, click.Choice):
        return _("{name} is one of these: {choices}.").format(name=name, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange | click.FloatRange) and kind.max is not None:
        return _("{name} is a number from {least} to {most}.").format(name=name, least=kind.min, most=kind.max)
    if isinstance(kind, click.IntRange):
        return _("{name} is a number, {least} at least.").format(name=name, least=kind.min)
    if isinstance(kind, click.Path) and "'" in message:
        path = message[message.index("'") + 1 : message.rindex("'")]
        return _("{name}: there is no file {path} that can be read.").format(name=name, path=path)
    if kind in (click.INT, click.FLOAT):
        return _("{name} is a number.").format(name=name)
    return _("{name}: {reason}").format(name=name, reason=message)
