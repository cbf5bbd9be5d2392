"""Nested outlines whose leaves are questions, and check lists of them: topics inside, questions at the ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.evidence import plans
from prep.notes.findings import LineFate, QuestionKind
from prep.notes.question_kinds import kind_of, leads_to_judge
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, ends_asking, is_placeholder
from tracker.messages import _

_BOX = re.compile(r"\[[ xX✓√-]\]\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){1,4}[.、)）]?\s*|\d{1,4}\s?\\?[.、)）．]\s*|\d{1,3}\s+|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*"
    r"|[一二三四五六七八九十]{1,3}[、.]\s*|[QqＱ]\d{1,3}\s?[.、:：]\s*)(?=\S)"
)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,1000})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_TASK = re.compile(r"\[(?P<title>[^\[\]\n]{1,200})\]\([^()\s]{1,500}\)(?P<behind>[^\[\]()]{0,30})")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_CARD = re.compile(r"\s*#(?:card|flash-?cards?|anki|srs|\[\[card\]\])(?![\w/-])", re.IGNORECASE)
_POINTS_ELSEWHERE = re.compile(
    r"点击|查看|答案|详情|链接|传送门|原文|更多|参考|click|here|see |answers?$|more$|read|link|source|https?://",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"题|八股|知识点|复习|考点|算法|手撕|问|questions?|topics?|algorithms?|review|study|leetcode", re.IGNORECASE
)
_ERRAND = re.compile(
    r"打印|测试|检查|准备|带|确认|投|改|更新|约|联系|提交|下载|安装|整理|看完|买|收拾|回复|print|check|test|bring|update|buy|call|email"
    r"|send|prepare|finish|book|reply",
    re.IGNORECASE,
)
_FEWEST = 2
_SHARE = 0.5
_DEEPEST_PATH = 3
"""How many of the outline's topics stand in a question's path: the innermost."""
_LONGEST_POINT = 60
_FEWEST_BARE = 6
_DEPTHS_OF_OUTLINE = 3
_MOST = 0.7
_LONGEST_BARE = 120
_BULLET = 2
"""Characters: how far what belongs to a bullet is indented beyond it."""
_QUESTION, _TOPIC, _ANSWER, _ELSEWHERE = "question", "topic", "answer", "link"


@dataclass(slots=True)
class _Node:
    """One line of the outline."""

    line: Line
    words: str
    """Without bullet, box, number and links."""
    parent: int
    boxed: bool
    numbered: bool
    points: bool
    """It only points to something elsewhere."""
    asking: bool
    marks: str = ""
    """What stands behind the link to a task: how hard it is, how often it comes."""
    carded: bool = False
    """Marked as a flash card."""
    below: list[Line] = field(default_factory=list)
    """Lines that are no nodes."""
    children: list[int] = field(default_factory=list)
    asked_below: int = 0
    role: str = ""
    path: tuple[str, ...] = ()


class NestedOutline:
    """Bullets within bullets, of which the inner ones ask; and bullets with boxes to tick."""

    name = "nested-outline"

    def __init__(self) -> None:
        self._read: tuple[int, list[_Node]] = (-1, [])

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is an outline of questions, or None."""
        nodes = _nodes(section.body)
        self._read = (section.position, nodes)
        if not nodes:
            return None
        _decide(nodes)
        questions = [node for node in nodes if node.role == _QUESTION and not is_placeholder(node.words)]
        asking = sum(node.asking for node in questions)
        boxed = sum(node.boxed for node in nodes if node.parent < 0)
        tops = [node for node in nodes if node.parent < 0 and node.role != _ELSEWHERE]
        if boxed * 2 > len(tops):
            told = self._is_check_list(section, tops, asking, questions)
            return (
                _("a list to tick off {where} holds questions").format(where=where(section, ledger.sections))
                if told
                else None
            )
        topics = [node for node in nodes if node.role == _TOPIC]
        alone = asking == len(questions) and all(ends_asking(node.words) for node in questions)
        if not asking or asking < _SHARE * len(questions) or (asking < _FEWEST and not alone):
            return None
        if section.items()[1] and len(topics) * 2 <= len(tops):
            return None
        # A journal wonders how and why as well, though seldom.
        told = any(ends_asking(node.words) for node in questions) or ledger.about_questions()
        seldom = not told and asking < _SHARE * sum(not node.children for node in nodes)
        flat = all(bullet(node.line.content) is not None for node in tops)
        pointing = any(node.points or is_placeholder(node.words) for node in tops)
        if seldom or (not topics and not (flat and pointing)):
            return None
        return _("an outline {where} ends in questions").format(where=where(section, ledger.sections))

    @staticmethod
    def _is_check_list(section: Section, tops: Sequence[_Node], asking: int, questions: Sequence[_Node]) -> bool:
        errands = sum(_ERRAND.match(node.words) is not None and not ends_asking(node.words) for node in tops)
        studied = any(_STUDIED.search(title) for title in section.path) and errands * 4 <= len(tops)
        planned = plans(section.path[-1:])
        if (not asking or asking < _SHARE * len(tops if planned else questions)) and (planned or not studied):
            return False
        for node in tops:
            node.role = node.role if node.role == _ELSEWHERE or node.asked_below > node.asking else _QUESTION
        return True

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the questions under their topics; what stands below a question is its answer."""
        position, nodes = self._read
        if section.chosen:
            nodes = _leaves_asked(section.body)
        elif position != section.position:
            return
        for index, node in enumerate(nodes):
            parent = nodes[node.parent] if node.parent >= 0 else None
            node.path = parent.path if parent else ()
            if node.role == _TOPIC:
                node.path = (*node.path, clean_title(node.words))[-_DEEPEST_PATH:]
                ledger.mark((node.line,), LineFate.HEADING)
                ledger.skip(node.below, "prose")
            elif node.role == _ELSEWHERE:
                ledger.skip((node.line, *node.below), "link")
            elif node.role == _QUESTION:
                self._ask(section, nodes, index, ledger)

    def _ask(self, section: Section, nodes: list[_Node], index: int, ledger: Ledger) -> None:
        node = nodes[index]
        if is_placeholder(node.words):
            ledger.skip((node.line, *node.below), "placeholder")
            return
        path = (*section.path, *node.path)
        ledger.ask(
            node.words,
            lines=(node.line,),
            body=_answer(nodes, index),
            path=path,
            kind=QuestionKind.CODING if leads_to_judge(node.line.content) else kind_of(clean_title(node.words), path),
            style=self.name,
            width=node.line.indent + _BULLET,
            marks=node.marks,
        )


def _leaves_asked(body: Sequence[Line]) -> list[_Node]:
    """The outline of a section that is said to be one: where nothing asks, what has nothing below is a question."""
    nodes = _nodes(body)
    _decide(nodes)
    if not any(node.role == _QUESTION for node in nodes):
        for node in nodes:
            node.role = _TOPIC if node.children else _QUESTION
    return nodes


def _answer(nodes: list[_Node], index: int) -> list[Line]:
    """The lines below a question, down to the next node that is none of its answer."""
    lines = list(nodes[index].below)
    following = index + 1
    while following < len(nodes) and nodes[following].role == _ANSWER:
        lines.append(nodes[following].line)
        lines.extend(nodes[following].below)
        following += 1
    return lines


def _nodes(body: Sequence[Line]) -> list[_Node]:
    """The bullets and numbered lines of a section as a tree; other lines belong to the node above them.

    Where there are none and three depths of lines, as drawing programs write an outline, each line is one.
    """
    bare = _by_indent_alone(body)
    nodes: list[_Node] = []
    open_nodes: list[int] = []
    apart = False
    for line in body:
        if line.kind is LineKind.BLANK:
            apart = True
            if nodes:
                nodes[-1].below.append(line)
            continue
        text = line.content if bare and not line.claimed else _entry(line)
        if text is None:
            if nodes and not line.claimed and not (apart and not line.indent and line.kind is LineKind.TEXT):
                nodes[-1].below.append(line)
        else:
            while open_nodes and nodes[open_nodes[-1]].line.indent >= line.indent:
                open_nodes.pop()
            parent = open_nodes[-1] if open_nodes else -1
            if parent >= 0:
                nodes[parent].children.append(len(nodes))
            open_nodes.append(len(nodes))
            nodes.append(_node(line, text, parent))
        apart = False
    return nodes


def _by_indent_alone(body: Sequence[Line]) -> bool:
    """Whether nothing but the indents of short lines makes an outline."""
    written = [line for line in body if line.kind is not LineKind.BLANK]
    if len(written) < _FEWEST_BARE or any(line.kind is not LineKind.TEXT for line in written):
        return False
    depths = {line.indent for line in written}
    indented = sum(line.indent > written[0].indent for line in written)
    outer = sorted(depths)[:2]
    marked = any(_entry(line) is not None for line in written if line.indent in outer)
    short = sum(len(line.content) <= _LONGEST_BARE for line in written)
    deep = len(depths) >= _DEPTHS_OF_OUTLINE and indented >= _MOST * len(written)
    return deep and not marked and short >= _MOST * len(written)


def _entry(line: Line) -> str | None:
    return None if line.claimed else line.listed()


def _node(line: Line, text: str, parent: int) -> _Node:
    box = _BOX.match(text) if text[:1] == "[" else None
    plain = text[box.end() :] if box else text
    number = _NUMBER.match(plain)
    words = plain[number.end() :] if number else plain
    links = "](" in words
    linked = _LINK.fullmatch(words.strip()) if links else None
    task = _TASK.fullmatch(words.strip()) if links and (box or number) else None
    words, marks = (task["title"], task["behind"]) if task else (words, "")
    words, carded = _CARD.subn("", _HEADING.sub("", words)) if "#" in words else (words, 0)
    words = (_LINK.sub(r"\1", words) if links else words).strip()
    asking = asks(words)
    points = linked is not None and not asking and _POINTS_ELSEWHERE.search(words) is not None
    numbered = number is not None or line.marker is not None
    return _Node(line, words, parent, box is not None, numbered, points, asking or carded > 0, marks, carded > 0)


def _decide(nodes: list[_Node]) -> None:
    """Give every node its role: from the ends up how much asks below it, then from the top down what it is."""
    for node in reversed(nodes):
        if node.parent >= 0:
            nodes[node.parent].asked_below += node.asked_below + node.asking
    share: dict[int, float] = {}
    alike = _asking_at_depths(nodes)
    for node in nodes:
        if node.parent not in share:
            siblings = nodes[node.parent].children if node.parent >= 0 else None
            same = [nodes[index] for index in siblings] if siblings else [top for top in nodes if top.parent < 0]
            share[node.parent] = _share_asking(same)
        boxed_inside = any(nodes[child].boxed for child in node.children)
        ticked = alike.get(node.line.indent, 0.0) if node.boxed and not boxed_inside else 0.0
        node.role = _role(node, nodes[node.parent] if node.parent >= 0 else None, share[node.parent], ticked)
    if sum(node.carded for node in nodes) >= _FEWEST:
        _only_cards(nodes)


def _share_asking(siblings: Sequence[_Node]) -> float:
    """Which share asks of the nodes beside each other; where all that ask do it further below, they are topics."""
    if not any(node.asking for node in siblings):
        return 0.0
    return sum(node.asking or bool(node.asked_below) for node in siblings) / len(siblings)


def _asking_at_depths(nodes: Sequence[_Node]) -> dict[int, float]:
    """Which share asks of the nodes with a box that are as far right and have no box above them."""
    counts: dict[int, list[int]] = {}
    for node in nodes:
        if node.boxed and (node.parent < 0 or not nodes[node.parent].boxed):
            count = counts.setdefault(node.line.indent, [0, 0])
            count[0] += node.asking
            count[1] += 1
    return {indent: asking / count if asking >= _FEWEST else 0.0 for indent, (asking, count) in counts.items()}


def _only_cards(nodes: list[_Node]) -> None:
    """Where some bullets are marked as flash cards, the others are topics, or belong to an answer or to nothing."""
    inside: list[bool] = []
    above = [0] * len(nodes)
    for index in range(len(nodes) - 1, -1, -1):
        if nodes[index].parent >= 0:
            above[nodes[index].parent] += above[index] + nodes[index].carded
    for node, cards in zip(nodes, above, strict=True):
        within = node.parent >= 0 and inside[node.parent]
        inside.append(within or node.carded)
        node.role = _ANSWER if within else _QUESTION if node.carded else _TOPIC if cards else _ELSEWHERE


def _role(node: _Node, parent: _Node | None, share: float, ticked: float) -> str:
    """What a node is. ``share``: of those beside it that ask; ``ticked``: of those with a box."""
    share = max(share, ticked)
    if node.points or (is_placeholder(node.words) and not node.children):
        return _ELSEWHERE if node.points else _ANSWER if parent and parent.role == _QUESTION else _QUESTION
    if node.asked_below and not node.asking and not (node.boxed and ticked >= _SHARE):
        return _TOPIC
    if parent is not None and parent.role in (_QUESTION, _ANSWER):
        return _QUESTION if parent.role == _QUESTION and ends_asking(node.words) else _ANSWER
    return _QUESTION if node.asking or (share >= _SHARE and len(node.words) <= _LONGEST_POINT) else _ANSWER
