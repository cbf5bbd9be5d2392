"""What the description of a position asks for, line by line, and the person's own story that answers each line.

A line is a need when it names something (``prep.drilling.described.terms_of``). It is answered by the story that names
most of the same, in its own words or in those of the questions linked to it; what stands in many stories tells less.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from prep.briefings.briefing import Need, NeedStory
from prep.briefings.hints import without_bullet, without_marks
from prep.drilling.described import terms_of
from prep.search_terms import fold
from prep.stories import StoryView

MOST = 40
"""Needs of one description; real ones have 5–15."""
LONGEST = 80
"""Characters from which on a line is cut at its full stops."""

_HEADING = re.compile(
    r"[【\[(（]?\s*(?:岗位|职位|工作|任职|能力)?(?:职责|描述|要求|资格|内容|亮点|加分项?|优先(?:条件|考虑)?)\s*[】\])）]?\s*[:：]?"
    r"|(?:(?:job|position|role|key|basic|minimum|preferred)\s+)?"
    r"(?:description|responsibilities|requirements|qualifications|what (?:you|we)[^.]{0,30})\s*[:：]?",
    re.IGNORECASE,
)
_STOPS = re.compile(r"(?<=[。；;])|(?<=[^\d\s])\s*(?=(?:[(（]?\d{1,2}[)）]|\d{1,2}[、.)])\s*[^\d\s])")
_CLAUSES = re.compile(r"[，。；！？,;!?\n]+|\.(?=\s|$)")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万半]+(?:倍|成|万|亿)")
_LABEL = re.compile(r"^[^：:\d]{1,12}[：:]\s*")


def needs_of(description: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lines of a description that name something, each with what it names."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines(description):
        terms = terms_of(_LABEL.sub("", line) if _HEADING.match(line) else line)
        if terms:
            found.setdefault(line, terms)
    return tuple(found.items())[:MOST]


def _lines(description: str) -> Iterator[str]:
    for line in description.splitlines():
        for piece in _STOPS.split(line) if len(line) > LONGEST or "；" in line or ";" in line else (line,):
            clean = without_bullet(without_marks(piece)).rstrip("；;。 ")
            if clean and not _HEADING.fullmatch(clean):
                yield clean


def answer_needs(description: str, stories: Sequence[StoryView]) -> tuple[Need, ...]:
    """The needs of a description, each with the story that answers it best."""
    told = {story.id: fold(_told(story)) for story in stories}
    return tuple(Need(line, terms, _answer(_best(terms, stories, told))) for line, terms in needs_of(description))


def _answer(story: StoryView | None) -> NeedStory | None:
    if story is None:
        return None
    return NeedStory(story.id, story.title, number_of(story), story.estimated_seconds)


def _told(story: StoryView) -> str:
    parts = (story.title, story.tags, story.situation, story.task, story.action, story.result)
    return "\n".join((*parts, *(question.text for question in story.questions)))


def _best(terms: Iterable[str], stories: Sequence[StoryView], told: dict[int, str]) -> StoryView | None:
    scores: Counter[int] = Counter()
    for term in terms:
        holding = [story.id for story in stories if _names(told[story.id], term)]
        for story_id in holding:
            scores[story_id] += len(stories) + 1 - len(holding)
    if not scores:
        return None
    best = max(scores.values())
    return next(story for story in stories if scores[story.id] == best)


def _names(text: str, term: str) -> bool:
    if not term[0].isascii():
        return term in text
    return re.search(rf"(?<![a-z0-9_]){re.escape(term)}(?![a-z0-9_+#])", text) is not None


def number_of(story: StoryView) -> str:
    """The first thing that a story says with a number, from its result, else from what was done; empty without one."""
    for part in (story.result, story.action):
        for clause in _CLAUSES.split(without_marks(part)):
            if _NUMBER.search(clause):
                return without_bullet(clause)
    return ""
