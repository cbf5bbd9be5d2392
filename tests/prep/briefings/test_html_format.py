"""A briefing as HTML: all of it on screen, markup shown as it was written, and what paper leaves out is named."""

import re
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from prep.briefings.briefing import Briefing, Hour
from prep.briefings.html_format import as_html, day_as_html
from prep.briefings.sections import sections
from tests.prep.briefings import full
from tests.prep.briefings.test_formats import BRIEFING, EMPTY
from tracker.messages import choose_language
from tracker.text import sanitise

ZONE = ZoneInfo("Asia/Shanghai")
BRIEFINGS = {
    "short": full.SHORT,
    "long answers": full.LONG_ANSWERS,
    "huge notes": full.HUGE_NOTES,
    "asked a lot": full.ASKED_A_LOT,
    "hostile": full.HOSTILE,
    "empty": EMPTY,
    "ordinary": BRIEFING,
}


class Reader(HTMLParser):
    """The text that one reads where one class is hidden, the elements, and the addresses."""

    def __init__(self, hidden: str) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = hidden
        self.skipped = 0
        self.open: list[bool] = []
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "meta":
            return
        given = dict(attrs)
        if tag == "a":
            self.addresses.append(given["href"])
        is_hidden = self.hidden in (given.get("class") or "").split() or tag in ("title", "style")
        self.open.append(is_hidden)
        self.skipped += is_hidden

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's signature
        self.skipped -= self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.texts.append(data)


def read(document: str, hidden: str) -> Reader:
    reader = Reader(hidden)
    reader.feed(document)
    reader.close()
    assert not reader.open
    return reader


def on_screen(document: str) -> str:
    return "".join(read(document, "on-paper").texts)


def on_paper(document: str) -> str:
    return "".join(read(document, "on-screen").texts)


@pytest.mark.parametrize("briefing", BRIEFINGS.values(), ids=BRIEFINGS)
@pytest.mark.parametrize("hour", Hour)
def test_everything_that_a_section_says_is_on_screen_in_its_order(briefing: Briefing, hour: Hour) -> None:
    briefing = replace(briefing, hour=hour)
    text = on_screen(as_html(briefing, zone=ZONE))
    position = 0
    for section in sections(briefing, zone=ZONE):
        for said in (
            section.title,
            *(part for line in section.lines for part in (line.tag, line.text, line.below.strip(), *line.steps)),
        ):
            clean = sanitise(said)[0]
            found = text.find(clean, position)
            assert found >= 0, clean[:80]
            position = found + len(clean)


@pytest.mark.parametrize("name", ["long answers", "huge notes", "asked a lot", "hostile"])
def test_what_paper_leaves_out_is_named_on_it(name: str) -> None:
    document = as_html(BRIEFINGS[name], zone=ZONE)
    screen, paper = on_screen(document), on_paper(document)
    assert "more in Ashore" not in screen
    assert len(paper) < len(screen)
    assert re.search("… (and [0-9]+ )?more in Ashore", paper)


def test_a_part_with_more_lines_than_paper_has_counts_those_left_out() -> None:
    briefing = replace(full.SHORT, blocking=full.SHORT.blocking * 100)
    document = as_html(briefing, zone=ZONE)
    kept = on_paper(document).count("not done: 一句话")
    assert on_screen(document).count("not done: 一句话") == 300
    assert f"… and {301 - kept} more in Ashore" in on_paper(document)
    assert 3 < kept < 60


def test_what_fits_is_the_same_on_paper_and_in_larger_print() -> None:
    document = as_html(BRIEFING, zone=ZONE)
    assert on_screen(document) == on_paper(document)
    assert "font-size: 8.5pt" not in document
    assert "font-size: 8.5pt" in as_html(full.HUGE_NOTES, zone=ZONE)


def test_markup_in_every_field_is_text() -> None:
    reader = read(as_html(full.HOSTILE, zone=ZONE), "")
    assert not reader.tags & {"script", "img"}
    assert reader.addresses == []
    assert not re.search("[\x1b\u202e]", "".join(reader.texts))


@pytest.mark.parametrize(
    ("link", "addresses"),
    [
        ("https://meeting.example.com/1", ["https://meeting.example.com/1"]),
        ("wemeet://page/inmeeting?code=1", ["wemeet://page/inmeeting?code=1"]),
        ("javascript:alert(1)", []),
        ("会议号 123-456-789", []),
        ("https://meeting.example.com/" + "a" * 400, ["https://meeting.example.com/" + "a" * 400]),
    ],
)
def test_the_link_of_a_round_can_be_touched_when_it_is_one(link: str, addresses: list[str]) -> None:
    document = as_html(replace(BRIEFING, link=link), zone=ZONE)
    assert read(document, "").addresses == addresses
    assert link in on_screen(document)


def test_several_rounds_of_a_day_stand_in_their_order_in_one_file() -> None:
    document = day_as_html([replace(BRIEFING, company=name) for name in ("甲", "乙", "丙")], zone=ZONE)
    assert re.findall("<h1>(.)", document) == ["甲", "乙", "丙"]
    assert document.count("<article>") == 3
    assert document.count("<html") == 1


def test_it_says_when_it_was_made_for_its_countdown_stands_still() -> None:
    assert on_paper(as_html(BRIEFING, zone=ZONE)).rstrip().endswith("As of 2026-03-25 10:00.")
    assert on_paper(as_html(BRIEFING, zone=UTC)).rstrip().endswith("As of 2026-03-25 02:00.")


def test_it_speaks_the_chosen_language() -> None:
    assert '<html lang="en">' in as_html(BRIEFING, zone=ZONE)
    choose_language("zh_CN")
    document = as_html(full.HUGE_NOTES, zone=ZONE)
    assert '<html lang="zh-CN">' in document
    assert "更多见 Ashore" in on_paper(document)
