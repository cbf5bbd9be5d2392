"""How long a text takes to say aloud: Chinese and English mixed, numbers as they are read, at the person's own pace."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from prep.introductions.number_reading import chinese_syllables, english_words

if TYPE_CHECKING:
    from sqlmodel import Session

CHARACTERS_PER_MINUTE = 210
"""Spontaneous spoken Chinese; people range from 170 to 250."""

WORDS_PER_MINUTE = 140
"""Spoken English."""

PAUSE_SECONDS = 0.4
"""Between two sentences."""

LEAST_TAKES = 2
"""Takes from which a person's own pace is known."""

NEWEST_TAKES = 30
"""Takes that count: how one spoke months ago says little."""

FARTHEST = 2.5
"""A take this many times slower or faster than usual speech was not the whole text, or was left running."""

FAR_FROM_OTHERS = 1.6
"""The same against the person's own middle take, once there are enough to have one."""

ENOUGH_FOR_A_MIDDLE = 4

PRIOR_WEIGHT = 1.0
"""What the usual proportion of characters to words counts for, in takes."""

SHORTEST_TAKE = 3.0
"""Seconds; nothing shorter is an introduction."""

BOLD = "**"
"""What opens and closes bold type in notes."""

_END = re.compile(r"(?:[。！？!?…]+|\.+(?=[\s”’」』）)\"']|$)|\n)[”’」』）)\"']*[^\S\n]*\n*")
_SPOKEN = re.compile(
    r"(?P<chinese>[\u3400-\u9fff〇]+)"
    r"|(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>\s?[%％‰])?(?P<year>\s?年)?"
    r"|(?P<word>[^\W\d_\u3400-\u9fff〇](?:[^\W\d\u3400-\u9fff〇]|['’\-_](?=\w))*)"
)
_ANY_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Speech:
    """What there is to say of a text."""

    characters: int = 0
    """Chinese syllables: characters, and numbers as they are read in Chinese."""
    words: int = 0
    """Latin words, and numbers as they are read in English."""
    pauses: int = 0
    """Ends of sentences with another sentence behind them."""


@dataclass(frozen=True, slots=True)
class SpeakingRate:
    """How fast somebody speaks."""

    characters_per_minute: float = CHARACTERS_PER_MINUTE
    words_per_minute: float = WORDS_PER_MINUTE
    takes: int = 0
    """Takes that it was learned from."""
    is_own: bool = False
    """Whether it is the person's own; else it is the usual one."""
    ignored: int = 0
    """Takes that were left out because they cannot be the whole text said once."""


USUAL = SpeakingRate()
"""The pace of people nobody has listened to yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """A take: what was said, and how long it took."""

    seconds: float
    speech: Speech


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text with the white space behind each: joined they are the text again.

    A new line ends a sentence; the dot within 99.5 or e5.large does not. Pieces with nothing to say, such as a
    line of dashes, belong to the sentence before them, or to the first one.
    """
    pieces: list[str] = []
    start = cut = 0
    speaks = False
    for end in _ends(text):
        if _SPOKEN.search(text, cut, end):
            if speaks:
                pieces.append(text[start:cut])
                start = cut
            speaks = True
        cut = end
    return (*pieces, text[start:]) if start < len(text) else tuple(pieces)


def _ends(text: str) -> Iterator[int]:
    """Where sentences end; what closes bold type behind a sentence belongs to it, what opens it to the next one."""
    counted = stars = 0
    for found in _END.finditer(text):
        end = found.end()
        stars += text.count(BOLD, counted, end)
        counted = end
        if stars % 2 and text.startswith(BOLD, end):
            stars += 1
            counted = end = end + len(BOLD)
        yield end
    yield len(text)


def listen(text: str) -> Speech:
    """Count what there is to say. Signs and emoji are not spoken."""
    pieces = [piece for piece in split_sentences(text) if _SPOKEN.search(piece)]
    return add_up((listen_to_sentence(piece) for piece in pieces), pauses=max(0, len(pieces) - 1))


def add_up(parts: Iterable[Speech], *, pauses: int = 0) -> Speech:
    """Several counts as one, with the pauses between them."""
    characters = words = 0
    for part in parts:
        characters += part.characters
        words += part.words
        pauses += part.pauses
    return Speech(characters, words, pauses)


def listen_to_sentence(sentence: str) -> Speech:
    """Count one sentence; it has no pause within. Numbers are read in Chinese where any Chinese stands around them."""
    is_chinese = _ANY_CHINESE.search(sentence) is not None
    characters = words = 0
    for found in _SPOKEN.finditer(sentence):
        if chinese := found["chinese"]:
            characters += len(chinese)
        elif number := found["number"]:
            is_year = bool(found["year"])
            if is_chinese:
                characters += chinese_syllables(number, is_year=is_year, is_percent=bool(found["percent"])) + is_year
            else:
                words += english_words(number, is_percent=bool(found["percent"]))
        else:
            words += 1
    return Speech(characters, words)


def time_of(speech: Speech, rate: SpeakingRate = USUAL) -> float:
    """Seconds that it takes to say so much."""
    return (
        speech.characters / rate.characters_per_minute * 60
        + speech.words / rate.words_per_minute * 60
        + speech.pauses * PAUSE_SECONDS
    )


def estimate(text: str, rate: SpeakingRate = USUAL) -> float:
    """Seconds that it takes to say a text aloud: characters and words add up, and the pauses between sentences."""
    return time_of(listen(text), rate)


def estimate_seconds(text: str, rate: SpeakingRate = USUAL) -> int:
    """Like ``estimate``, in whole seconds."""
    return round(estimate(text, rate))


class LiveEstimate:
    """The estimate of a text that is being typed: only lines that are new are counted."""

    def __init__(self, rate: SpeakingRate = USUAL) -> None:
        """Nothing was counted yet."""
        self._rate = rate
        self._counted: dict[str, tuple[Speech, int]] = {}

    def seconds(self, text: str) -> int:
        """Whole seconds for the text as it is now."""
        known, counted = self._counted, {}
        sentences = 0
        parts = []
        for line in text.split("\n"):
            entry = known.get(line) or _listen_to_line(line)
            counted[line] = entry
            parts.append(entry[0])
            sentences += entry[1]
        self._counted = counted
        speech = add_up(parts)
        # Pauses stand between sentences, so the first of the text has none before it.
        return round(time_of(Speech(speech.characters, speech.words, max(0, sentences - 1)), self._rate))


def _listen_to_line(line: str) -> tuple[Speech, int]:
    pieces = [piece for piece in split_sentences(line) if _SPOKEN.search(piece)]
    return add_up(listen_to_sentence(piece) for piece in pieces), len(pieces)


def fit_rate(takes: Sequence[Said]) -> SpeakingRate:
    """The pace that takes tell of; the usual one where they are fewer than two.

    Seconds per character and per word are the ridge regression of the takes' relative errors; what pulls the two
    is the usual proportion between them at the person's middle pace, so that somebody who only spoke Chinese fast is
    taken to speak English fast too. Takes that cannot be the whole text said once are left out and counted.
    """
    plausible = [take for take in takes if is_plausible(take)]
    if len(plausible) >= ENOUGH_FOR_A_MIDDLE:
        middle = median(map(_slowness, plausible))
        plausible = [take for take in plausible if 1 / FAR_FROM_OTHERS <= _slowness(take) / middle <= FAR_FROM_OTHERS]
    ignored = len(takes) - len(plausible)
    if len(plausible) < LEAST_TAKES:
        return SpeakingRate(ignored=ignored)
    middle = median(map(_slowness, plausible))
    per_character, per_word = _solve(plausible, 60 / CHARACTERS_PER_MINUTE * middle, 60 / WORDS_PER_MINUTE * middle)
    return SpeakingRate(60 / per_character, 60 / per_word, len(plausible), is_own=True, ignored=ignored)


def is_plausible(take: Said) -> bool:
    """Whether somebody may have said the whole text once in that time."""
    if take.seconds < SHORTEST_TAKE or not (take.speech.characters or take.speech.words):
        return False
    return 1 / FARTHEST <= _slowness(take) <= FARTHEST


def _slowness(take: Said) -> float:
    """How many times longer than usual the speech took, without its pauses."""
    usual = time_of(Speech(take.speech.characters, take.speech.words))
    return _spoken_seconds(take) / usual


def _spoken_seconds(take: Said) -> float:
    """Seconds without the pauses; a quick speaker makes shorter ones, so at least half of all is speech."""
    return max(take.seconds / 2, take.seconds - take.speech.pauses * PAUSE_SECONDS)


def _solve(takes: Sequence[Said], usual_character: float, usual_word: float) -> tuple[float, float]:
    """Two unknowns, as factors on what is usual: the least squares of relative errors, pulled towards 1."""
    xx = xy = yy = PRIOR_WEIGHT
    xy = 0.0
    x1 = y1 = PRIOR_WEIGHT
    for take in takes:
        seconds = _spoken_seconds(take)
        x = take.speech.characters * usual_character / seconds
        y = take.speech.words * usual_word / seconds
        xx, xy, yy = xx + x * x, xy + x * y, yy + y * y
        x1, y1 = x1 + x, y1 + y
    determinant = xx * yy - xy * xy
    character, word = (x1 * yy - y1 * xy) / determinant, (y1 * xx - x1 * xy) / determinant
    least, most = 1 / FARTHEST, FARTHEST
    return usual_character * min(most, max(least, character)), usual_word * min(most, max(least, word))


def own_rate(session: "Session") -> SpeakingRate:
    """The person's own pace, taught by their newest takes; the usual one until there are two."""
    from sqlmodel import col, select

    from prep.models import IntroductionTake, IntroductionVersion

    query = (
        select(IntroductionTake, IntroductionVersion.text)
        .join(IntroductionVersion, col(IntroductionVersion.id) == IntroductionTake.version_id, isouter=True)
        .order_by(col(IntroductionTake.taken_at).desc(), col(IntroductionTake.id).desc())
        .limit(NEWEST_TAKES)
    )
    pauses: dict[int, int] = {}
    takes = []
    for take, text in session.exec(query).all():
        version = take.version_id or 0
        if version not in pauses:
            pauses[version] = listen(text or "").pauses
        takes.append(Said(take.seconds, Speech(take.characters, take.words, pauses[version])))
    return fit_rate(takes)
