"""The list of the agenda: a page whose brackets go to another week, as everywhere on that screen."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.widgets.page import Page

SECTIONS = ("list.next_section", "list.section_before")


class AgendaList(Page, inherit_bindings=False):
    """Entries by day; the keys that go from section to section are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Page.BINDINGS if not (isinstance(binding, Binding) and binding.id in SECTIONS)
    ]
