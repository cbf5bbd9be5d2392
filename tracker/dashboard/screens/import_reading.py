"""The document of a planned import: what became of each line, and the keys that correct it."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tracker.dashboard.rehearsing import Plan, Said
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.screens.import_writing import WritingScreen
from tracker.dashboard.views.import_corrections import why_not
from tracker.dashboard.views.import_documents import LETTERS, ReadDocument, explain
from tracker.dashboard.views.import_words import part_words, verdict_sentence
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.fated_lines import FatedLines, ShownLines
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Table
from tracker.messages import _, later, ngettext
from tracker.words import style_word

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session
    from textual.timer import Timer

REST = 0.03
"""Seconds that the cursor rests on a line before it is explained."""
LETTERS_OF_STYLES = "123456789abcdefghijklmnop"
NO_LINE = "-"
"""The value of a correction in a list whose line is gone, before its number."""


class DocumentScreen(WritingScreen):
    """A screen with the ``FatedLines`` of one of the plan's files, and a ``Page`` that explains a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "plus,equals_sign,＋,＝", "correct('question')", later("question"), id="fate.question", key_display="+"
        ),
        Binding("minus,－", "correct('not-question')", later("no question"), id="fate.not_question", key_display="-"),
        Binding("b", "correct('answer')", later("answer above"), id="fate.answer"),
        Binding("s", "choose_style", later("style"), id="fate.style"),
        Binding("x", "take_back", later("take it back"), id="fate.take_back"),
        Binding("full_stop,。,．", "unread(1)", later("next unread"), id="fate.unread", key_display="."),
        Binding("comma,，", "unread(-1)", later("unread before"), show=False, id="fate.unread_before", key_display=","),
        Binding("C", "corrections", later("all corrections"), show=False, id="fate.corrections"),
        Binding("v", "mark", later("mark the line"), show=False, id="fate.mark"),
    ]

    def __init__(self, plan: Plan, opened_by: AshoreScreen | None = None) -> None:
        """A screen on what a dry run found; the one that it was opened by closes with it."""
        super().__init__(plan, opened_by)
        self.at = 0
        """The place of the file that is shown."""
        self._lines_left: dict[Path, int] = {}
        """The line on which the cursor was when a file was left."""
        self._rest: Timer | None = None

    # What is shown

    @property
    def is_reading(self) -> bool:
        """Whether the document is what is shown."""
        return True

    @property
    def document(self) -> ReadDocument:
        """The file that is shown."""
        return self.plan.documents[self.at]

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.plan.paths[self.at]

    @property
    def lines(self) -> FatedLines:
        """Its lines."""
        return self.query_one(FatedLines)

    def open_file(self, at: int) -> None:
        """Show another file of the plan; the cursor is where it was there."""
        self._lines_left[self.path] = self.lines.line
        self.at = at
        self.lines.mark(())
        self.lines.show_document(self._shown(), line=max(1, self._lines_left.get(self.path, 1)))
        self.explain_line()

    def show_again(self) -> None:
        """Show the file as it is read now; the cursor stays."""
        self.lines.show_document(self._shown())
        self.explain_line()

    def _shown(self) -> ShownLines:
        document, said = self.document, self.said.get(self.path, {})
        letters, styles = document.letters, document.styles
        for line, one in said.items():
            verdict = one.correction.verdict.value
            if verdict in LETTERS and line not in document.corrections:
                # What it will be is shown at once; the dry run tells what else comes of it.
                letters[line - 1], styles[line - 1] = LETTERS[verdict], f"fate-{verdict}"
        return ShownLines(
            lines=document.lines,
            letters=letters,
            styles=styles,
            questions=sorted(set(document.starts)),
            unread=document.unread,
            corrected=frozenset((*document.corrections, *said)),
        )

    @on(Table.Highlighted, "#document")
    def _rest_on_line(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.explain_line)

    def explain_line(self) -> None:
        """Tell what became of the line under the cursor."""
        page = self.query_one("#explained", Page)
        page.show(explain(self.document, self.lines.line))
        page.scroll_to(y=0, animate=False)
        self.refresh_bindings()

    # Correcting

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lines are corrected where they are seen."""
        if action in ("correct", "choose_style", "take_back", "corrections", "mark"):
            return self.is_reading and (action != "take_back" or any(map(self._is_corrected, self._meant())))
        if action == "unread":
            return self.is_reading and bool(self.document.unread)
        return super().check_action(action, parameters)

    def action_unread(self, direction: int) -> None:
        """Move to the next line that nobody understood, or the one before."""
        self.lines.move_to_unread(direction)

    def _meant(self) -> list[int]:
        """The marked lines, else the one under the cursor."""
        marked = sorted(key + 1 for key in self.lines.marked)
        return marked or [line for line in (self.lines.line,) if line]

    def _is_corrected(self, line: int) -> bool:
        return line in self.document.corrections or line in self.said.get(self.path, {})

    def action_mark(self) -> None:
        """Mark the line, or take the mark away, and go on to the next."""
        line = self.lines.line
        if line:
            self.lines.mark(self.lines.marked ^ {line - 1})
            self.lines.action_move(1)

    def action_correct(self, verdict: str) -> None:
        """Say what the marked lines are, or the one under the cursor."""
        self._say_of(self._meant(), verdict)

    def _say_of(self, lines: Collection[int], verdict: str, style: str = "") -> None:
        from prep.notes.corrections import LineCorrection, Verdict

        texts, here = self.document.lines, self.said.setdefault(self.path, {})
        said = {line: Said(LineCorrection(line, Verdict(verdict), style), texts[line - 1]) for line in lines}
        asked = [line for line, one in here.items() if one.correction.verdict is Verdict.QUESTION]
        whys = {line: why for line in lines if (why := why_not(self.document, line, verdict, asked=asked))}
        spoken = [line for line in lines if line not in whys]
        here.update((line, said[line]) for line in spoken)
        if whys:
            line, why = next(iter(whys.items()))
            (self.complain if texts[line - 1].strip() else self.say)(why)
        # What could not be said of a line stays marked where several were.
        self.lines.mark({line - 1 for line in whys} & self.lines.marked)
        if not spoken:
            return
        words = verdict_sentence(verdict, style, part_words(self.document.report.parts, spoken[0]))
        if len(spoken) > 1:
            several = ngettext("{words} ({n} line)", "{words} ({n} lines)", len(spoken))
            words = several.format(words=words, n=len(spoken))
        self.say(_("{words} · {key} takes it back").format(words=words, key="x"))
        self.show_again()
        self.plan_again()

    def action_choose_style(self) -> None:
        """Choose the style in which the part is written in which the cursor stands."""
        from prep.notes.corrections import CHOOSABLE_STYLES

        line = self._written_line()
        part = part_words(self.document.report.parts, line)
        read = self.document.questions_of(line)
        choices = [
            Choice(style, style_word(style), letter)
            for style, letter in zip(CHOOSABLE_STYLES, LETTERS_OF_STYLES, strict=False)
        ]

        def take(style: str | None) -> None:
            if style is not None and line:
                self._say_of([line], "style", style)

        current = read[0].style if read else ""
        title = _("How is the part written in which this line stands?")
        if part:
            title = _("How is this part written, {lines}?").format(lines=part)
        self.app.push_screen(Chooser(title, choices, current=current), take)

    def _written_line(self) -> int:
        """The line under the cursor, or the nearest above it that is not blank, else below it; 0 for none."""
        texts = self.document.lines
        above = (line for line in range(self.lines.line, 0, -1) if texts[line - 1].strip())
        below = (line for line in range(self.lines.line, len(texts) + 1) if texts[line - 1].strip())
        return next(above, 0) or next(below, 0)

    def action_take_back(self) -> None:
        """Take back what was said of the marked lines, or of the one under the cursor."""
        here, stored = self.said.get(self.path, {}), []
        for line in self._meant():
            correction = self.document.corrections.get(line)
            if here.pop(line, None) is None and correction is not None and correction.id is not None:
                stored.append(correction.id)
        self.lines.mark(())
        self._forget(stored)
        self.show_again()
        self.plan_again()

    def _forget(self, ids: Collection[int]) -> None:
        """Take back corrections of earlier imports, as one step that undo brings back."""
        if not ids:
            return

        def remove(session: "Session", _now: "datetime") -> int:
            from prep.corrections import remove_correction

            for correction_id in ids:
                remove_correction(session, correction_id=correction_id)
            return len(ids)

        name = ngettext("{n} correction taken back", "{n} corrections taken back", len(ids)).format(n=len(ids))
        self.change(name, remove, say=lambda _number: name)

    def action_corrections(self) -> None:
        """List what was said of this file's lines: choosing one goes there; one whose line is gone is taken back."""
        entries = self.document.report.corrections
        choices = [
            Choice(
                str(entry.line) if entry.line is not None else f"{NO_LINE}{entry.id}",
                verdict_sentence(entry.verdict, entry.style),
                detail=f"{entry.line}: {entry.text.strip()}"
                if entry.line is not None
                else _("gone: {text}").format(text=entry.text.strip()),
            )
            for entry in entries
        ]

        def take(value: str | None) -> None:
            if value is None:
                return
            if value.startswith(NO_LINE):
                self._forget([int(value.removeprefix(NO_LINE))])
            else:
                self.lines.position = int(value) - 1

        title = _("Corrections of {file}: go to one; one whose line is gone is taken back")
        self.app.push_screen(
            Chooser(title.format(file=self.document.name), choices, empty=_("No line of this file was corrected.")),
            take,
        )

    # Search

    @on(FatedLines.Counted)
    def _tell_hits(self, message: FatedLines.Counted) -> None:
        if message.total:
            self.say(_("{n} of {total} · n next, N before").format(n=message.number, total=message.total))
        else:
            self.say(_("Not in this text."))
