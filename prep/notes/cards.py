"""Flash cards as people type them: ``front :: back``, ``?`` between front and back, tab-separated lines, clozes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from prep.notes.answers import opens_answer
from prep.notes.blocks import Line, LineKind, bullet, numberless, strip_blank
from prep.notes.findings import LineFate
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.tables import column_kinds
from prep.notes.wording import asks, clean_title, is_placeholder
from tracker.messages import _

_CHINESE = r"\u3400-\u9fff"
_SIDES = re.compile(
    rf"(?P<front>[^\s:][^\n]{{0,600}}?)(?:\s+:{{2,3}}(?:\s+|(?=[{_CHINESE}]))|(?<=[{_CHINESE}？?]):{{2,3}}(?!:)\s*)(?P<back>\S.*)$"
)
_GLUED_SIDES = re.compile(r"(?P<front>[^\s:`][^\n:`]{0,600}[^\s:`])::(?P<back>[^\s:][^\n]*)$")
"""``front::back`` without spaces, which code writes too: only where most lines with ``::`` are such."""
_CLOZE = re.compile(r"\{\{c\d{1,3}::(?P<text>(?:(?!\}\}|::).){1,500})(?:::(?P<hint>(?:(?!\}\}).){0,200}))?\}\}")
_TSV_HEADER = re.compile(r"#(?:separator|html|deck|notetype|tags|columns|guid)\b", re.IGNORECASE)
_SCHEDULE = re.compile(r"<!--\s*SR:.*-->$")
_SCHEDULED = re.compile(r"\s*<!--\s*SR:(?:(?!-->).)*-->\s*$")
_TAGS = re.compile(r"(?:#[^\s#]+\s*)+$")
_TURNS = frozenset({"?", "？", "??", "？？"})
_RULE = re.compile(r"(?:([-*_=~+#])\s?)(?:\1\s?){2,}$")
_FIRST_OF_RULE = frozenset("-*_=~+#")
_FEWEST = 2
_FEWEST_GLUED = 3
_MOST = 0.7
_ASKING = 0.3
_LONGEST_FRONT = 6
"""Lines."""


@dataclass(frozen=True, slots=True)
class _Card:
    front: str
    lines: tuple[Line, ...]
    back: str | None
    """None when ``body`` holds it."""
    body: tuple[Line, ...] = ()


class Cards:
    """Fronts and backs of flash cards."""

    name = "cards"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section holds flash cards, or None."""
        cards = _cards(section)
        if not cards:
            return None
        return _("{count} flash cards {where}").format(count=len(cards), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every card."""
        for card in _cards(section):
            if is_placeholder(card.front):
                ledger.skip((*card.lines, *card.body), "placeholder")
                continue
            ledger.ask(
                card.front,
                lines=card.lines,
                answer=card.back,
                body=card.body,
                path=section.path,
                kind=kind_of(clean_title(card.front), section.path),
                style=self.name,
            )
        ledger.mark((line for line in section.body if line.content in _TURNS), LineFate.ANSWER)
        if _ruled(section.body):
            ledger.skip((line for line in section.body if _is_rule(line)), "card-setting")
        ledger.skip((line for line in section.body if _is_setting(line)), "card-setting")


def _is_setting(line: Line) -> bool:
    return line.kind is LineKind.TEXT and (
        _TSV_HEADER.match(line.content) is not None or _SCHEDULE.match(line.content) is not None
    )


def _cards(section: Section) -> list[_Card]:
    body = section.body
    return _tabbed(body) or _mixed(section) or _ruled(body) or (_clozes(body) if "{{c" in section.contents() else [])


def _mixed(section: Section) -> list[_Card]:
    """Cards of one line, and between them those turned by ``?``: people use both in one deck."""
    body = section.body
    sided = _two_sided(body) if "::" in section.contents() else []
    ends = [card.lines[0].number for card in sided]
    found = list(sided)
    start = 0
    for index, line in enumerate(body):
        if ends and line.number == ends[0]:
            found.extend(_turned(body[start:index]))
            start, ends = index + 1, ends[1:]
    found.extend(_turned(body[start:]))
    return sorted(found, key=lambda card: card.lines[0].number)


def _two_sided(body: Sequence[Line]) -> list[_Card]:
    """``front :: back`` in one line, bulleted or not."""
    marked = [line for line in body if line.kind is LineKind.TEXT and "::" in line.content and not line.claimed]
    if not marked:
        return []
    texts = [_entry(line) for line in marked]
    glued = [_GLUED_SIDES.match(text) for text in texts]
    deck = sum(match is not None for match in glued) >= max(_FEWEST_GLUED, _MOST * len(texts))
    found: list[_Card] = []
    for line, text, beside in zip(marked, texts, glued, strict=True):
        match = _SIDES.match(text) or (beside if deck else None)
        if match is not None:
            found.append(_Card(match["front"], (line,), _SCHEDULED.sub("", match["back"]).rstrip()))
    return found if len(found) >= _FEWEST or any(asks(card.front) for card in found) else []


def _entry(line: Line) -> str:
    return numberless(bullet(line.content) or line.content)


def _turned(body: Sequence[Line]) -> list[_Card]:
    """A line with nothing but ``?`` between the front and the back."""
    turns = [
        index
        for index, line in enumerate(body)
        if line.content in _TURNS
        and 0 < index < len(body) - 1
        and line.kind is LineKind.TEXT
        and body[index - 1].kind is LineKind.TEXT
        and body[index + 1].kind is not LineKind.BLANK
    ]
    if not turns:
        return []
    starts: list[int] = []
    bound = 0
    for turn in turns:
        start = turn
        while start > bound and turn - start < _LONGEST_FRONT and _is_front(body, start - 1, turn):
            start -= 1
        if bound and start and body[start - 1].kind is not LineKind.BLANK:
            # Nothing but the turn tells the back of the card above from this front, which is one line then.
            start = turn - 1
        starts.append(start)
        bound = turn + 1
    found: list[_Card] = []
    for start, turn, end in zip(starts, turns, [*starts[1:], len(body)], strict=True):
        front = [line for line in body[start:turn] if not _TAGS.match(line.content)]
        if not front or any(line.claimed for line in front):
            continue
        back = [line for line in strip_blank(body[turn + 1 : end]) if not _SCHEDULE.match(line.content)]
        title = " ".join(_entry(line) if line is front[0] else line.content for line in front)
        found.append(_Card(title, tuple(front), None, tuple(back)))
    return found


def _is_rule(line: Line) -> bool:
    ruled = line.kind is LineKind.TEXT and line.content[0] in _FIRST_OF_RULE and not line.claimed
    return ruled and _RULE.match(line.content) is not None


def _ruled(body: Sequence[Line]) -> list[_Card]:
    """Cards between rules of one form, each with a rule of another form between its front and its back."""
    rules = [index for index, line in enumerate(body) if line.content[:1] in _FIRST_OF_RULE and _is_rule(line)]
    if len(rules) < 2 * _FEWEST:
        return []
    forms = Counter(_form(body[index]) for index in rules)
    if len(forms) != _FEWEST or min(forms.values()) < _FEWEST:
        return []
    return max((_turned_by(body, rules, form) for form in forms), key=len)


def _turned_by(body: Sequence[Line], rules: Sequence[int], turning: str) -> list[_Card]:
    """The cards whose fronts and backs a rule of one form divides; none when few parts between the others are cards."""
    edges = [-1, *(index for index in rules if _form(body[index]) != turning), len(body)]
    found: list[_Card] = []
    parts = 0
    for start, end in pairwise(edges):
        part = strip_blank(body[start + 1 : end])
        parts += bool(part)
        turns = [index for index, line in enumerate(part) if _is_rule(line)]
        front = [line for line in part[: turns[0]] if line.kind is LineKind.TEXT] if len(turns) == 1 else []
        if 0 < len(front) <= _LONGEST_FRONT and not any(line.claimed for line in front):
            title = " ".join(_entry(line) if line is front[0] else line.content for line in front)
            found.append(_Card(title, tuple(front), None, tuple(part[turns[0] + 1 :])))
    asking = sum(asks(card.front) for card in found)
    return found if len(found) >= max(_FEWEST, _MOST * parts) and asking >= _ASKING * len(found) else []


def _form(line: Line) -> str:
    return "".join(line.content.split())


def _is_front(body: Sequence[Line], index: int, turn: int) -> bool:
    """Whether a line belongs to the front that ends above ``turn``: an entry of a list begins it."""
    line, below = body[index], body[index + 1]
    begun = index + 1 < turn and (below.marker is not None or bullet(below.content) is not None)
    return line.kind is LineKind.TEXT and not begun and not opens_answer(line)


def _tabbed(body: Sequence[Line]) -> list[_Card]:
    """Lines of two or more columns between tabs, with or without the settings or names above them."""
    if not any("\t" in line.text for line in body):
        return []
    written = [line for line in body if line.kind is not LineKind.BLANK and not _is_setting(line)]
    rows = [line for line in written if line.kind is LineKind.TEXT and not line.claimed and "\t" in line.text.strip()]
    if not rows or len(rows) < _MOST * len(written):
        return []
    names = column_kinds(rows[0].text.strip().split("\t"))
    named = "question" in names and "answer" in names
    front, back = (names.index("question"), names.index("answer")) if named else (0, 1)
    cells = [(line, line.text.strip().split("\t")) for line in rows[named:]]
    found = [
        _Card(parts[front].strip().strip('"'), (line,), parts[back].strip().strip('"'))
        for line, parts in cells
        if len(parts) > max(front, back)
    ]
    told = named or any(_is_setting(line) for line in body)
    asking = sum(asks(card.front) for card in found)
    return found if told or (len(found) >= _FEWEST and asking >= _ASKING * len(found)) else []


def _clozes(body: Sequence[Line]) -> list[_Card]:
    """Sentences with ``{{c1::hidden}}`` words: what is hidden is the answer."""
    found: list[_Card] = []
    for line in body:
        if line.kind is not LineKind.TEXT or "{{c" not in line.content or line.claimed:
            continue
        hidden = [match["text"] for match in _CLOZE.finditer(line.content)]
        if hidden:
            shown = _CLOZE.sub(lambda match: f"[{match['hint'] or '…'}]", _entry(line))
            found.append(_Card(shown, (line,), "\n".join(hidden)))
    return found
