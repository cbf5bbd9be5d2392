"""How long saying a text takes, and what takes teach about it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.introductions.drafts import save_introduction
from prep.introductions.number_reading import chinese_syllables, english_words
from prep.introductions.speaking import (
    USUAL,
    LiveEstimate,
    Said,
    SpeakingRate,
    Speech,
    estimate,
    estimate_seconds,
    fit_rate,
    listen,
    own_rate,
    split_sentences,
    time_of,
)
from prep.introductions.takes import record_take
from tracker.db import Database

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

TEXTS = st.text(alphabet="我叫沈青好。！？…，.!?\n \t“”（）abcXY-'_0123456789%年，🙂—", max_size=80)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("，。！\n\n", 0),
        ("🙂🙂……——", 0),
        ("好" * 210, 60),
        ("好，" * 105, 30),
        ("word " * 140, 60),
        ("好" * 105 + " word" * 70, 60),
        ("state-of-the-art don't don’t snake_case " * 35, 60),
        ("用LoRA微调", 1),
        ("从 61% 到 84%" * 15, 60),
        ("好" * 105 + "。" + "好" * 105 + "。", 60.4),
    ],
)
def test_characters_words_and_pauses_add_up(text: str, seconds: float) -> None:
    assert estimate(text) == pytest.approx(seconds, abs=0.7)
    assert estimate_seconds(text) == round(estimate(text))


@pytest.mark.parametrize(
    ("number", "syllables"),
    [
        *{"0": 1, "10": 1, "12": 2, "20": 2, "21": 3, "100": 2, "101": 4, "110": 4, "1000": 2, "1001": 4}.items(),
        *{"1234": 7, "10000": 2, "10010": 5, "12345": 9, "120000": 3, "20240000": 7, "007": 3, "3.14": 4}.items(),
        *{"1,234": 7, "13800138000": 11}.items(),
    ],
)
def test_numbers_are_as_long_as_they_are_read_in_chinese(number: str, syllables: int) -> None:
    assert chinese_syllables(number) == syllables


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *{"0": 1, "7": 1, "20": 1, "21": 2, "100": 2, "105": 3, "1999": 3, "2005": 3, "2024": 3, "1,234": 6}.items(),
        *{"1000000": 2, "2500": 4, "3.14": 4, "007": 3}.items(),
    ],
)
def test_numbers_are_as_long_as_they_are_read_in_english(number: str, words: int) -> None:
    assert english_words(number) == words


def test_a_year_and_a_percentage_have_their_own_reading() -> None:
    assert chinese_syllables("2024", is_year=True) == 4
    assert chinese_syllables("99.5", is_percent=True) == 8
    assert english_words("99.5", is_percent=True) == 5
    assert listen("2024 年把召回提到 99.5%").characters == 4 + 1 + 5 + 8
    assert listen("In 2024 it rose to 99.5%.").words == 3 + 4 + 5


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("您好！我叫沈青。", ("您好！", "我叫沈青。")),
        ("召回 99.5%，用 e5.large。然后", ("召回 99.5%，用 e5.large。", "然后")),
        ("Hello there. I am Shen Qing.", ("Hello there. ", "I am Shen Qing.")),
        ("他说：“好的。”然后走了", ("他说：“好的。”", "然后走了")),
        ("第一段\n\n第二段", ("第一段\n\n", "第二段")),
        ("好的……\n---\n再见", ("好的……\n---\n", "再见")),
        ("——\n您好", ("——\n您好",)),
        ("。。。", ("。。。",)),
        ("**第一，我快。**去年做了。**第二**，好。", ("**第一，我快。**", "去年做了。", "**第二**，好。")),
        ("[mask] [/x] 是标记。", ("[mask] [/x] 是标记。",)),
    ],
)
def test_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


@given(TEXTS)
def test_sentences_joined_are_the_text_and_add_up_to_it(text: str) -> None:
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    whole = listen(text)
    assert whole.characters == sum(listen(piece).characters for piece in pieces)
    assert whole.words == sum(listen(piece).words for piece in pieces)
    assert 0 <= whole.pauses <= max(0, len(pieces) - 1)


@given(st.lists(TEXTS, max_size=4))
def test_the_live_estimate_is_the_estimate(texts: list[str]) -> None:
    live = LiveEstimate()
    for text in texts:
        assert abs(live.seconds(text) - estimate(text)) <= 0.51


def test_a_sentence_that_goes_on_for_a_hundred_kilobytes_is_counted_once() -> None:
    text = "好" * 50_000 + "。" + "ab." * 20_000 + "。）" * 20_000
    assert listen(text) == Speech(50_000, 1, 1) or listen(text).characters == 50_000
    assert "".join(split_sentences(text)) == text


# What takes teach


def _said(characters: int, words: int, *, per_minute: float = 210, words_per_minute: float = 140) -> Said:
    rate = SpeakingRate(per_minute, words_per_minute)
    speech = Speech(characters, words, characters // 25)
    return Said(time_of(speech, rate), speech)


def test_one_take_is_no_pace_yet() -> None:
    assert fit_rate([]) == USUAL
    assert fit_rate([_said(200, 20, per_minute=260)]) == USUAL


@pytest.mark.parametrize("pace", [170, 210, 250, 300])
def test_takes_in_one_language_teach_both(pace: float) -> None:
    rate = fit_rate([_said(220, 0, per_minute=pace), _said(230, 0, per_minute=pace)])
    assert (rate.is_own, rate.takes) == (True, 2)
    assert rate.characters_per_minute == pytest.approx(pace, rel=0.02)
    assert rate.words_per_minute == pytest.approx(140 * pace / 210, rel=0.02)


def test_takes_in_two_languages_teach_each() -> None:
    takes = [_said(count, words, per_minute=250, words_per_minute=110) for count in (0, 150, 300) for words in (40, 90)]
    rate = fit_rate(takes * 3)
    assert rate.characters_per_minute == pytest.approx(250, rel=0.05)
    assert rate.words_per_minute == pytest.approx(110, rel=0.06)
    assert estimate("好" * 250, rate) == pytest.approx(60, rel=0.06)


def test_takes_that_cannot_be_one_are_left_out_and_counted() -> None:
    good = [_said(220, 10, per_minute=pace) for pace in (220, 225, 230, 235)]
    absurd = [Said(2.0, Speech(220, 10)), Said(600.0, Speech(220, 10)), Said(60.0, Speech())]
    left_running = Said(130.0, Speech(220, 10))
    rate = fit_rate([*good, *absurd, left_running])
    assert (rate.takes, rate.ignored) == (4, 4)
    assert 210 < rate.characters_per_minute < 240
    assert fit_rate(absurd) == SpeakingRate(ignored=3)


@given(
    st.lists(
        st.tuples(st.floats(0, 4000), st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 200)), max_size=12
    )
)
def test_a_pace_is_always_within_reason(found: list[tuple[float, int, int, int]]) -> None:
    takes = [Said(seconds, Speech(characters, words, pauses)) for seconds, characters, words, pauses in found]
    rate = fit_rate(takes)
    assert rate.takes + rate.ignored == len(takes) or not rate.is_own
    assert 210 / 10 < rate.characters_per_minute < 210 * 10
    assert 140 / 10 < rate.words_per_minute < 140 * 10


def test_the_pace_of_a_database_is_that_of_its_takes(database: Database) -> None:
    text = "面试官您好。" + "我做过检索和排序的项目" * 20
    with database.change("takes", now=NOW) as session:
        assert own_rate(session) == USUAL
        draft = save_introduction(session, title="稿", text=text, now=NOW)
        for minute, seconds in enumerate((50.0, 52.0, 200.0)):
            record_take(session, introduction_id=draft, seconds=seconds, now=NOW + timedelta(minutes=minute))
        rate = own_rate(session)
    assert (rate.is_own, rate.takes, rate.ignored) == (True, 2, 1)
    assert estimate(text, rate) == pytest.approx(51, abs=1)
