"""The one theme: colours and the styles that lists are painted with. Every difference shows without colour too."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rich.style import Style
from textual.theme import Theme

DARK = "ashore-dark"
LIGHT = "ashore-light"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    background: str
    surface: str
    panel: str
    cursor: str
    idle_cursor: str
    line: str
    faint: str
    muted: str
    text: str
    strong: str
    sea: str
    sand: str
    green: str
    amber: str
    red: str
    violet: str


PALETTES: Mapping[str, Palette] = MappingProxyType(
    {
        DARK: Palette(
            background="#0f1418",
            surface="#141a20",
            panel="#1b232b",
            cursor="#24404f",
            idle_cursor="#1d2a33",
            line="#33414d",
            faint="#6a7884",
            muted="#8494a1",
            text="#c9d3da",
            strong="#f1f5f7",
            sea="#7fb8cf",
            sand="#e2c58c",
            green="#9cc27c",
            amber="#e8a95f",
            red="#e5727c",
            violet="#b39ddb",
        ),
        LIGHT: Palette(
            background="#f7f5f0",
            surface="#f1eee7",
            panel="#e8e4da",
            cursor="#c9dde6",
            idle_cursor="#dfe6e6",
            line="#c2bfb5",
            faint="#87867c",
            muted="#6d7276",
            text="#30383e",
            strong="#0e1418",
            sea="#1f6a8c",
            sand="#8a6110",
            green="#3f7327",
            amber="#a15c00",
            red="#b02a37",
            violet="#6a4ea3",
        ),
    }
)


def make_theme(name: str) -> Theme:
    """The Textual theme of one of our palettes."""
    palette = PALETTES[name]
    return Theme(
        name=name,
        primary=palette.sea,
        secondary=palette.muted,
        accent=palette.sand,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        success=palette.green,
        warning=palette.amber,
        error=palette.red,
        dark=name == DARK,
        variables={
            "frame": palette.line,
            "frame-focus": palette.sea,
            "muted": palette.muted,
            "faint": palette.faint,
            "strong": palette.strong,
            "block-cursor-background": palette.cursor,
            "block-cursor-foreground": palette.strong,
            "input-selection-background": palette.cursor,
            "scrollbar": palette.line,
            "scrollbar-hover": palette.faint,
            "scrollbar-active": palette.sea,
            "scrollbar-background": palette.background,
            "scrollbar-background-hover": palette.background,
            "scrollbar-background-active": palette.background,
        },
    )


VARIABLE_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {"frame": "#33414d", "frame-focus": "#7fb8cf", "muted": "#8494a1", "faint": "#6a7884", "strong": "#f1f5f7"}
)
"""Our own CSS variables, for themes that do not know them."""


@cache
def look(theme: str) -> Mapping[str, Style]:
    """The styles that painted lines are made of, by name; an unknown theme gets the dark ones."""
    p = PALETTES.get(theme, PALETTES[DARK])
    return MappingProxyType(
        {
            "": Style(color=p.text),
            "text": Style(color=p.text),
            "strong": Style(color=p.strong, bold=True),
            "muted": Style(color=p.muted),
            "faint": Style(color=p.faint),
            "title": Style(color=p.muted, bold=True),
            "key": Style(color=p.sand, bold=True),
            "good": Style(color=p.green),
            "warning": Style(color=p.amber),
            "urgent": Style(color=p.amber, bold=True),
            "bad": Style(color=p.red),
            "link": Style(color=p.sea, underline=True),
            "code": Style(color=p.sand),
            "cursor": Style(bgcolor=p.cursor, bold=True),
            "idle-cursor": Style(bgcolor=p.idle_cursor),
            "found": Style(color=p.sand, bold=True, underline=True),
            "marked": Style(bgcolor=p.panel),
            "frame": Style(color=p.line),
            "fate-question": Style(color=p.sand, bold=True),
            "fate-answer": Style(color=p.text),
            "fate-heading": Style(color=p.sea, bold=True),
            "fate-feedback": Style(color=p.violet),
            "fate-introduction": Style(color=p.green),
            "fate-prompt": Style(color=p.violet, italic=True),
            "fate-claimed": Style(color=p.green),
            "fate-skipped": Style(color=p.faint),
            "fate-unread": Style(color=p.red, bold=True),
            "bar": Style(color=p.muted, bgcolor=p.panel),
            "bar-key": Style(color=p.sand, bgcolor=p.panel, bold=True),
            "bar-notice": Style(color=p.background, bgcolor=p.amber, bold=True),
            "bar-good": Style(color=p.background, bgcolor=p.green, bold=True),
            "bar-plain": Style(color=p.strong, bgcolor=p.cursor),
            "tier-S": Style(color=p.sand, bold=True),
            "tier-A": Style(color=p.sea, bold=True),
            "tier-B": Style(color=p.text),
            "tier-C": Style(color=p.muted),
            "tier-N": Style(color=p.faint, italic=True),
            "tier-": Style(color=p.faint),
            "phase-intent": Style(color=p.muted, italic=True),
            "phase-applied": Style(color=p.text),
            "phase-assessment": Style(color=p.violet),
            "phase-written_test": Style(color=p.violet),
            "phase-interview": Style(color=p.sea, bold=True),
            "phase-offer": Style(color=p.green, bold=True),
            "phase-closed": Style(color=p.faint, strike=True),
            "phase-pool": Style(color=p.muted, italic=True),
        }
    )
