"""What may be chosen about the list of questions: filters, each shown in the bar until it is dropped."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.views.questions_view import (
    MOST_STARS,
    STAR,
    Bank,
    Chip,
    ChipName,
    Shown,
    chip_cell,
    companies_in,
    file_name,
    sources_in,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.messages import _, later, ngettext
from tracker.words import kind_word

ANY = "any"
"""The choice of no filter."""


class FilteredQuestions(BriefingWay, ListingScreen):
    """The bank, and the keys that choose filters of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("K", "choose_kind", later("one kind"), show=False, id="questions.kind"),
        Binding("asterisk,＊", "choose_importance", later("important ones"), show=False, id="questions.importance"),
        Binding("S", "choose_source", later("one file"), show=False, id="questions.source"),
        Binding("C", "choose_company", later("one company"), show=False, id="questions.company"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.bank = Bank()
        self.shown = Shown()

    def briefable(self) -> Briefable | None:
        """The company whose questions are shown."""
        company = next((chip.value for chip in self.shown.chips if chip.name == "company"), "")
        return Briefable(company=company) if company else None

    def drop_filters(self) -> bool:
        """Give up the filter that was chosen last, and at the end the topic or list."""
        fewer = self.shown.without_last()
        if fewer == self.shown:
            return False
        self.set_shown(fewer)
        return True

    def set_shown(self, shown: Shown) -> None:
        """Ask for other questions."""
        self.shown = shown
        self.show_list()

    @on(Bar.Pressed)
    def _drop_pressed(self, message: Bar.Pressed) -> None:
        kept = tuple(chip for chip in self.shown.chips if chip_cell(chip) != message.cell)
        if kept != self.shown.chips:
            self.set_shown(replace(self.shown, chips=kept))

    def action_choose_kind(self) -> None:
        """Only one kind of questions."""
        kinds = [Choice(kind, kind_word(kind), kind[0]) for kind in dialogs.KINDS]
        self._choose("kind", _("Which kind?"), [Choice(ANY, _("all kinds"), "a"), *kinds])

    def action_choose_importance(self) -> None:
        """Only questions with so many stars, or more."""
        stars = [
            Choice(str(number), ngettext("{n} star or more", "{n} stars or more", number).format(n=number), str(number))
            for number in range(1, MOST_STARS + 1)
        ]
        self._choose("importance", _("How important at least?"), [Choice(ANY, _("any importance"), "a"), *stars])

    def action_choose_source(self) -> None:
        """Only what stands in one file."""
        files = [
            Choice(str(number), file_name(path), detail=str(count))
            for number, path, count in sources_in(self.bank.rows)
        ]
        if files:
            self._choose("source", _("Which file?"), [Choice(ANY, _("all files")), *files], filterable=True)
        else:
            self.complain(_("No question comes from a file. I imports notes."))

    def action_choose_company(self) -> None:
        """Only what was asked at one company, or answered for it."""
        companies = [Choice(name, name, detail=str(count)) for name, count in companies_in(self.bank.rows)]
        if companies:
            choices = [Choice(ANY, _("all companies")), *companies]
            self._choose("company", _("Which company?"), choices, filterable=True)
        else:
            self.complain(_("No question belongs to a company yet. Open a company and add what was asked there."))

    def _choose(self, name: ChipName, title: str, choices: Sequence[Choice], *, filterable: bool = False) -> None:
        current = next((chip.value for chip in self.shown.chips if chip.name == name), ANY)
        labels = {choice.value: choice.label for choice in choices}

        def take(value: str | None) -> None:
            if value is not None:
                label = STAR * int(value) if name == "importance" and value != ANY else shorten(labels[value])
                self.set_shown(self.shown.with_chip(name, None if value == ANY else Chip(name, value, label)))

        self.app.push_screen(Chooser(title, choices, filterable=filterable, current=current), take)
