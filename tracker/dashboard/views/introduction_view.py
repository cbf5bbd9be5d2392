"""Drafts as rows, their sentences, versions and differences as entries of a page. No widget in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import SEPARATOR, Entry, separated
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import clock_time, show_time
from tracker.words import purpose_word, sentence_mark_word

if TYPE_CHECKING:
    from prep.introductions.drafts import IntroductionView
    from prep.introductions.shortening import Sentence, Shortened
    from prep.introductions.speaking import SpeakingRate
    from prep.introductions.versions import SentenceDifference, VersionView

MARK = 8
"""Cells for what a sentence is marked as."""
SECONDS = 5
"""Cells for how long a sentence takes."""
MARK_STYLES = {"essential": "key", "optional": "faint", "": ""}
CHANGE_STYLES = {"same": "muted", "added": "good", "removed": "bad"}
SIGNS = {"same": "  ", "added": "+ ", "removed": "- ", "changed": "± "}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, and how it would be cut to its target."""

    view: "IntroductionView"
    shortened: "Shortened"


def draft_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Title"), 12, flex=2),
        Column(_("Purpose"), 10),
        Column(_("Company"), 10, flex=1, drop=2),
        Column(_("Takes"), 6, align="right", drop=3),
        Column(_("Time / target"), 13, align="right"),
    )


def draft_cells(view: "IntroductionView") -> tuple[Cell, ...]:
    """The cells of a draft."""
    known = view.estimated_seconds if view.measured_seconds is None else view.measured_seconds
    about = "≈ " if view.measured_seconds is None else ""
    return (
        Cell(view.title, "strong"),
        Cell(purpose_word(view.purpose), "muted"),
        Cell(view.company, "muted"),
        Cell(str(view.takes or ""), "faint"),
        Cell(
            f"{about}{clock_time(known)} / {clock_time(view.target_seconds)}",
            "warning" if view.over_seconds > 0 else "",
        ),
    )


def over_words(over: int) -> str:
    """How a time stands to its target: ``48 s over``, ``12 s left``, ``on time``."""
    if over > 0:
        return ngettext("{n} s over", "{n} s over", over).format(n=over)
    if over < 0:
        return ngettext("{n} s left", "{n} s left", -over).format(n=-over)
    return _("right on time")


def timing_words(seconds: int, target: int) -> str:
    """An estimate against its target: ``1:48 / 1:00 · 48 s over``."""
    return f"{clock_time(seconds)} / {clock_time(target)} · {over_words(seconds - target)}"


def rate_words(rate: "SpeakingRate") -> str:
    """The pace that times are told by, and where it comes from."""
    pace = _("{characters} characters or {words} words a minute").format(
        characters=round(rate.characters_per_minute), words=round(rate.words_per_minute)
    )
    if not rate.is_own:
        return _("usual pace: {pace}").format(pace=pace)
    return ngettext("your pace: {pace} ({n} take)", "your pace: {pace} ({n} takes)", rate.takes).format(
        pace=pace, n=rate.takes
    )


def draft_entries(drafted: Drafted, rate: "SpeakingRate") -> tuple[Entry, ...]:
    """A draft sentence by sentence, below what is known of it."""
    view = drafted.view
    timing = timing_words(view.estimated_seconds, view.target_seconds)
    style = "warning" if view.estimated_seconds > view.target_seconds else "muted"
    facts = [
        Cell(purpose_word(view.purpose), "muted"),
        Cell(view.company, "muted"),
        Cell(ngettext("{n} version", "{n} versions", view.versions).format(n=view.versions), "muted"),
        Cell(_("not said aloud yet") if not view.takes else "", "muted"),
        Cell(ngettext("{n} take", "{n} takes", view.takes).format(n=view.takes) if view.takes else "", "muted"),
        Cell(
            ""
            if view.measured_seconds is None
            else _("measured {time}").format(time=clock_time(view.measured_seconds)),
            "strong",
        ),
    ]
    return (
        Entry("draft", (Cell(view.title), Cell(timing, style)), heading=True),
        Entry("facts", tuple(separated(facts)), still=True),
        Entry("rate", (Cell(rate_words(rate) + _ignored_words(rate), "faint"),), still=True),
        Entry("gap", (Cell(" "),), still=True),
        *sentence_entries(drafted.shortened.sentences),
    )


def _ignored_words(rate: "SpeakingRate") -> str:
    if not rate.ignored:
        return ""
    return " · " + ngettext(
        "{n} take is far off and does not count", "{n} takes are far off and do not count", rate.ignored
    ).format(n=rate.ignored)


def sentence_entries(sentences: Sequence["Sentence"], *, cut: bool = False) -> tuple[Entry, ...]:
    """Sentences with what they are marked as and how long they take; with ``cut`` also whether they are left out."""
    entries = []
    for index, sentence in enumerate(sentences):
        gone = cut and not sentence.is_kept
        word = _("cut") if gone else sentence_mark_word(sentence.mark)
        width = MARK + (2 if cut else 0)
        lead = fit(_("{n} s").format(n=round(sentence.seconds)), SECONDS, "right")
        style = "phase-closed" if gone else "strong" if sentence.mark == "essential" else ""
        spans = (
            Cell(lead + " ", "faint"),
            Cell(fit(word, width) + " ", "bad" if gone else MARK_STYLES[sentence.mark]),
            Cell(as_plain(sentence.text.strip()), style),
        )
        entries.append(Entry(f"sentence:{index}", spans, indent=SECONDS + width + 2))
    return tuple(entries)


def shortest_headline(shortened: "Shortened") -> tuple[str, str]:
    """How the cut draft stands to its target, and the name of the style to say it in."""
    timing = f"{clock_time(round(shortened.full_seconds))} → {clock_time(round(shortened.seconds))}"
    timing = f"{timing} / {clock_time(shortened.target_seconds)}"
    if not shortened.fits:
        over = shortened.over_seconds
        words = ngettext(
            "what must be said alone is {n} s too long", "what must be said alone is {n} s too long", over
        ).format(n=over)
        return f"{timing} · {words}", "warning"
    left_out = shortened.dropped
    words = ngettext("{n} sentence left out", "{n} sentences left out", left_out).format(n=left_out)
    return f"{timing} · {words if left_out else _('it fits as it is')}", "good"


# Versions


def version_columns() -> tuple[Column, ...]:
    """The columns of the list of versions."""
    return (
        Column(_("Version"), 9),
        Column(_("Written"), 14, flex=1),
        Column(_("Takes"), 6, align="right", drop=1),
        Column(_("Time"), 6, align="right"),
    )


def version_cells(version: "VersionView", *, now: datetime, is_newest: bool, is_base: bool) -> tuple[Cell, ...]:
    """The cells of a version."""
    name = f"v{version.number}" + (" ◂" if is_base else "")
    when = show_time(version.created_at, "minute", now=now, zone=zone_of(now)) if version.created_at else ""
    return (
        Cell(name, "key" if is_newest or is_base else ""),
        Cell(" · ".join(filter(None, (when, _("now") if is_newest else ""))) or "—", "muted"),
        Cell(str(version.takes or ""), "faint"),
        Cell(clock_time(version.estimated_seconds), ""),
    )


def difference_entries(
    older: "VersionView", newer: "VersionView", differences: Sequence["SentenceDifference"]
) -> tuple[Entry, ...]:
    """What a version says against another, sentence by sentence."""
    longer = newer.estimated_seconds - older.estimated_seconds
    change = _("as long") if not longer else _("{n} s").format(n=f"{longer:+d}")
    heading = Entry(
        "versions",
        (Cell(_("v{newer} against v{older}").format(newer=newer.number, older=older.number)), Cell(change)),
        heading=True,
    )
    if older.number == newer.number:
        heading = Entry("versions", (Cell(f"v{newer.number}"), Cell(clock_time(newer.estimated_seconds))), heading=True)
    elif all(one.change == "same" for one in differences):
        sentence = Cell(_("Both read the same."), "muted")
        return (heading, Entry("same", (sentence,), still=True), *_lines(differences))
    return (heading, *_lines(differences))


def _lines(differences: Sequence["SentenceDifference"]) -> tuple[Entry, ...]:
    entries = []
    for index, difference in enumerate(differences):
        sign_style = CHANGE_STYLES.get(difference.change, "key")
        spans = [Cell(SIGNS[difference.change], sign_style)]
        for part in difference.parts:
            text = part.text.replace("\n", " ").rstrip() if part is difference.parts[-1] else part.text
            if difference.change == "changed" and part.change != "same":
                # Told apart without colour: brackets as editors of texts use them.
                text = f"[-{text}-]" if part.change == "removed" else f"{{+{text}+}}"
            style = "" if difference.change == "changed" and part.change == "same" else CHANGE_STYLES[part.change]
            spans.append(Cell(text.replace("\n", " "), style))
        entries.append(Entry(f"difference:{index}", tuple(spans), indent=2))
    return tuple(entries)


# A take


def take_entries(
    seconds: float, target: int, rate: "SpeakingRate", *, counts: bool
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """What a take came to, in two lines."""
    took = round(seconds)
    first = (
        Cell(clock_time(took), "strong"),
        SEPARATOR,
        Cell(_("target {time}").format(time=clock_time(target)), "muted"),
        SEPARATOR,
        Cell(over_words(took - target), "warning" if took > target else "good"),
    )
    if not counts:
        words = _("far from how you spoke before, so it does not teach your pace")
        return first, (Cell(words, "warning"),)
    if not rate.is_own:
        return first, (Cell(_("one more take, and times are told at your own pace"), "muted"),)
    return first, (Cell(rate_words(rate), "muted"),)
