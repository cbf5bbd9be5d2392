"""``LINE=VERDICT``: what a line of a file is, as an option says it."""

from typing import Any

import click

from tracker.messages import _


class CorrectionOption(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.5
    """``12=question``, ``12=not-question``, ``12=answer`` or ``12=style:NAME``."""

    name = "LINE=VERDICT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click declares it
        """Read it into a ``LineCorrection``, or fail as a mistake of usage."""
        from prep.notes.corrections import LineCorrection, Verdict

        if isinstance(value, LineCorrection):
            return value
        number, _equals, words = str(value).partition("=")
        verdict, _colon, style = words.strip().partition(":")
        known = {entry.value for entry in Verdict}
        if not number.strip().isdecimal() or verdict not in known or bool(style) != (verdict == Verdict.STYLE):
            sentence = _("{value} says nothing about a line; write LINE=VERDICT with one of {verdicts}.")
            verdicts = ", ".join([*sorted(known - {Verdict.STYLE}), "style:NAME"])
            self.fail(sentence.format(value=repr(value), verdicts=verdicts), param, ctx)
        return LineCorrection(int(number), Verdict(verdict), style.strip())
