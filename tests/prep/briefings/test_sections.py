"""The order of a briefing's parts by the hour and the kind of round; and that no form of it disagrees with another."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.briefings.briefing import (
    Briefing,
    BriefingQuestion,
    ClashWith,
    ComingRound,
    Hour,
    HrAnswer,
    Missing,
    MissingKind,
    Need,
    NeedStory,
    PastStep,
    RoundKind,
    ToAskBack,
)
from prep.briefings.html_format import as_html
from prep.briefings.json_format import as_json
from prep.briefings.lacking import missing_sentence
from prep.briefings.lines import clash_sentence
from prep.briefings.making import kind_of, opening_of
from prep.briefings.markdown_format import as_markdown
from prep.briefings.sections import Part, parts_of, sections, total_seconds
from prep.briefings.text_format import WIDTH, as_text
from prep.introductions.drafts import IntroductionView
from tracker.cell_width import display_width

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)
START = datetime(2026, 3, 26, 14, 0, tzinfo=ZONE)


def _question(number: int, text: str = "") -> BriefingQuestion:
    return BriefingQuestion(
        number, text or f"第{number}题", "important", "", None, "unknown", 0.5, "先说结论", seconds=50
    )


BRIEFING = Briefing(
    company="快手",
    tier="S",
    position="后端",
    stage="一面",
    now=NOW,
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    precision="minute",
    platform="腾讯会议",
    link="https://meeting.example.com/1",
    medium="online",
    interviewer="",
    round_note="",
    round_id=7,
    company_id=1,
    application_id=1,
    blocking=(),
    checklist_done=3,
    checklist_total=7,
    introduction=IntroductionView(1, "技术版", "您好。我做过两件事。", "zh", "technical", 60, 50, "", 55, 3),
    earlier=(PastStep("一面", "passed", None, "unknown", "顺利", round_id=3),),
    asked_here=0,
    questions=tuple(map(_question, range(1, 6))),
    hr_answers=(HrAnswer(9, "优点？", "先建评测", "", 10),),
    reverse=(ToAskBack(8, "团队多大？", "engineer"),),
    company_note="短视频",
    hour=Hour.FAR,
    opening="您好。我做过两件事。",
    cues=tuple(map(_question, range(11, 14))),
    needs=(Need("熟悉 RAG", ("rag",), NeedStory(1, "问答", "84 %", 40)), Need("熟悉 Go", ("go",), None)),
    has_description=True,
    missing=(Missing(MissingKind.STORIES, 1),),
    clashes=(ClashWith(5, "乙", "二面", START, None, "overlap"),),
)


@pytest.mark.parametrize(
    ("hour", "kind", "parts"),
    [
        (
            Hour.FAR,
            RoundKind.INTERVIEW,
            "missing checklist clashes introduction earlier questions needs hr reverse notes",
        ),
        (
            Hour.UNKNOWN,
            RoundKind.INTERVIEW,
            "missing checklist clashes introduction earlier questions needs hr reverse notes",
        ),
        (
            Hour.DAY,
            RoundKind.INTERVIEW,
            "checklist clashes introduction earlier questions needs hr reverse notes missing",
        ),
        (Hour.DAY, RoundKind.HR, "checklist clashes introduction earlier hr questions needs reverse notes missing"),
        (Hour.DAY, RoundKind.PAY, "checklist clashes earlier hr questions reverse notes missing"),
        (Hour.DAY, RoundKind.MACHINE, "checklist clashes introduction earlier questions needs hr notes missing"),
        (Hour.DAY, RoundKind.WRITTEN, "checklist clashes earlier questions notes missing"),
        (Hour.DAY, RoundKind.ASSESSMENT, "checklist clashes earlier notes missing"),
        (Hour.SOON, RoundKind.INTERVIEW, "checklist clashes opening cues"),
        (Hour.SOON, RoundKind.HR, "checklist clashes opening cues hr"),
        (Hour.SOON, RoundKind.ASSESSMENT, "checklist clashes"),
        (Hour.DURING, RoundKind.INTERVIEW, "timer reverse"),
        (Hour.DURING, RoundKind.WRITTEN, "timer"),
        (Hour.AFTER, RoundKind.INTERVIEW, "debrief earlier notes"),
    ],
)
def test_the_parts_and_their_order(hour: Hour, kind: RoundKind, parts: str) -> None:
    shown = sections(replace(BRIEFING, hour=hour, kind=kind), zone=ZONE)
    assert [section.part.value for section in shown] == parts.split()


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("一面", RoundKind.INTERVIEW),
        ("HR面", RoundKind.HR),
        ("谈薪", RoundKind.PAY),
        ("AI面", RoundKind.MACHINE),
        ("笔试", RoundKind.WRITTEN),
        ("测评", RoundKind.ASSESSMENT),
        ("茶话会", RoundKind.INTERVIEW),
        ("", RoundKind.INTERVIEW),
    ],
)
def test_what_kind_of_round_a_label_means(stage: str, kind: RoundKind) -> None:
    assert kind_of(stage) == kind


@pytest.mark.parametrize("hour", Hour)
@pytest.mark.parametrize("kind", RoundKind)
def test_no_part_comes_twice_and_soon_nothing_is_new(hour: Hour, kind: RoundKind) -> None:
    parts = parts_of(replace(BRIEFING, hour=hour, kind=kind))
    assert len(set(parts)) == len(parts)
    assert hour != Hour.SOON or not {Part.QUESTIONS, Part.NEEDS, Part.CODING, Part.DRILL} & set(parts)


@settings(max_examples=50)
@given(
    hour=st.sampled_from(Hour),
    kind=st.sampled_from(RoundKind),
    texts=st.lists(st.text("甲 a1[]<>&*_`#|-。，\n", min_size=1, max_size=90).filter(str.strip), max_size=5),
)
def test_all_forms_name_the_same_in_the_same_order(hour: Hour, kind: RoundKind, texts: list[str]) -> None:
    asked = tuple(_question(100 + number, f"问{number}问 {text}") for number, text in enumerate(texts))
    briefing = replace(BRIEFING, hour=hour, kind=kind, questions=asked, cues=asked[:3])
    found = sections(briefing, zone=ZONE)
    expected = [line.text[:3] for section in found for line in section.lines if line.kind == "question"]
    shown_by_json = as_json(briefing, zone=ZONE)["sections"]
    assert [one["part"] for one in shown_by_json] == [section.part.value for section in found]
    for form in (as_text, as_markdown, as_html):
        document = form(briefing, zone=ZONE)
        assert re.findall("问[0-9]问", document) == expected
        places = [document.index(section.title) for section in found]
        assert places == sorted(places)


@settings(max_examples=50)
@given(st.text("甲乙，。（“a bc-1", max_size=300))
def test_the_text_is_never_wider_than_a_phone_and_loses_no_word(note: str) -> None:
    shown = as_text(replace(BRIEFING, hour=Hour.DAY, company_note=note), zone=ZONE)
    kept = "".join(shown.split())
    assert "".join(note.split()) in kept
    longest = max((display_width(word) for word in note.split()), default=0)
    clinging = 2 * len(note) if "，" in note or "。" in note else 0
    assert all(display_width(line) <= max(WIDTH, longest + 6) + clinging for line in shown.splitlines())


def test_lines_break_beside_chinese_characters_and_at_spaces() -> None:
    shown = as_text(replace(BRIEFING, company_note="甲" * 40 + "，" + "word " * 20, hour=Hour.DAY), zone=ZONE)
    lines = shown[shown.index("  甲") :].splitlines()
    assert display_width(lines[0]) == WIDTH
    assert not any(line.strip().startswith("，") for line in lines)


def test_each_part_tells_how_long_it_takes() -> None:
    found = {section.part: section.seconds for section in sections(BRIEFING, zone=ZONE)}
    assert (found[Part.INTRODUCTION], found[Part.QUESTIONS], found[Part.NEEDS], found[Part.HR]) == (55, 250, 40, 10)
    assert total_seconds(sections(BRIEFING, zone=ZONE)) == sum(found.values())
    assert found[Part.MISSING] == 0


@pytest.mark.parametrize("kind", MissingKind)
def test_all_that_can_be_missing_has_a_sentence(kind: MissingKind) -> None:
    for count in (0, 1, 3):
        sentence = missing_sentence(Missing(kind, count))
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("clash", "words"),
    [
        (ClashWith(5, "乙", "二面", START, None, "overlap"), "乙 二面 is at the same time: tomorrow 14:00"),
        (ClashWith(None, "", "", None, None, "window", 30), "only 30 minutes of the window are left"),
        (
            ClashWith(5, "乙", "二面", START, START + timedelta(hours=1), "window", 1),
            "beside 乙 二面 (tomorrow 14:00–15:00) the window leaves 1 minute",
        ),
    ],
)
def test_a_clash_in_words(clash: ClashWith, words: str) -> None:
    assert clash_sentence(clash, briefing=BRIEFING, zone=ZONE) == words


def test_the_zone_in_which_a_time_was_said_is_told_where_it_is_another() -> None:
    there = replace(BRIEFING, timezone="America/New_York")
    assert "2026-03-26 14:00–15:00 Asia/Shanghai UTC+08:00 (said as 03-26 02:00 America/New_York)" in as_markdown(
        there, zone=ZONE
    )
    for name in ("Asia/Shanghai", "Asia/Taipei", "no/zone", ""):
        assert "said as" not in as_text(replace(BRIEFING, timezone=name), zone=ZONE)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("", ""),
        ("面试官好！我是沈同舟，做检索。第三句。", "面试官好！我是沈同舟，做检索。"),
        ("面试官您好，我是沈同舟，方向是检索增强。后面。", "面试官您好，我是沈同舟，方向是检索增强。"),
        ("**您好。**\n\n我做过两件大事，第一件。", "您好。 我做过两件大事，第一件。"),
        ("没有句号", "没有句号"),
    ],
)
def test_how_an_introduction_opens(text: str, opening: str) -> None:
    assert opening_of(text) == opening


def test_the_days_rounds_are_told_only_where_there_are_several() -> None:
    def coming(number: int, company: str) -> ComingRound:
        return ComingRound(number, 1, 1, company, "", "", "一面", "interview", START, None, "minute")

    alone = replace(BRIEFING, day=(coming(7, "快手"),))
    several = replace(BRIEFING, day=(coming(6, "甲"), coming(7, "快手"), coming(8, "乙")))
    assert Part.DAY not in [section.part for section in sections(alone, zone=ZONE)]
    day = sections(several, zone=ZONE)[0]
    assert [(line.id, bool(line.tag)) for line in day.lines] == [(6, False), (7, True), (8, False)]
    assert [one["company"] for one in as_json(several, zone=ZONE)["day"]] == ["甲", "快手", "乙"]
