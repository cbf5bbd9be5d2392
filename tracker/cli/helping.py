"""Help that lines up and wraps by what a terminal shows: click counts a Chinese character as one column."""

from collections.abc import Iterable

import click

from tracker.cell_width import display_width, wrap
from tracker.messages import _

NARROWEST = 10
"""Columns that a description gets however long the names are."""


class WideFormatter(click.HelpFormatter):
    """click's formatter for texts of any width, with its own words in the language of this process."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        super().write_usage(prog, args, prefix or f"{_('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """Write the title of a section; click's own is translated."""
        super().write_heading({"Options": _("Options")}.get(heading, heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs; a text of narrow characters alone is click's own work."""
        if display_width(text) == len(text):
            super().write_text(text)
            return
        margin = " " * self.current_indent
        paragraphs = [wrap(paragraph, self.width - self.current_indent) for paragraph in text.split("\n\n")]
        self.write("\n\n".join("\n".join(margin + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with their descriptions beside them, or below where a name is too long."""
        listed = list(rows)
        margin = " " * self.current_indent
        first = min(max((display_width(name) for name, _text in listed), default=0), col_max) + col_spacing
        for name, text in listed:
            lines = wrap(text, max(self.width - self.current_indent - first, NARROWEST))
            head = f"{margin}{name}"
            if lines and display_width(name) + col_spacing <= first:
                head += " " * (first - display_width(name)) + lines.pop(0)
            self.write(f"{head}\n" + "".join(f"{margin}{' ' * first}{line}\n" for line in lines))


class WideContext(click.Context):
    """A context whose help is formatted so."""

    formatter_class = WideFormatter


class TranslatedHelp(click.Command):
    """A command that says in the language of this process what it does, and how it was called wrongly."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _translated(error, ctx) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run it."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _translated(error, ctx) from error

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option of click with a translated help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and leave.")
        return option


class WideCommand(TranslatedHelp):
    """A command whose help is formatted so."""

    context_class = WideContext


def _translated(error: click.UsageError, ctx: click.Context) -> click.UsageError:
    from tracker.cli.mistakes import UsageMistakeError

    return error if isinstance(error, UsageMistakeError) else UsageMistakeError(error, ctx)
