"""Headings that are questions: which ones, and which deeper headings belong to their answers."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from prep.notes.answers import is_label_alone, is_unfolding, opens_answer, without_question_label
from prep.notes.blocks import Line, LineKind
from prep.notes.evidence import sets_out
from prep.notes.heading_subjects import introduces, is_part_of
from prep.notes.listing import lists_questions
from prep.notes.question_kinds import is_hr_heading, is_reverse_title, names_coding_round
from prep.notes.sections import Section, heading_words, is_chapter
from prep.notes.wording import asks, ends_asking, is_placeholder, may_ask, speaks_of_the_document

_LABEL = re.compile(
    r"(?:面试|考)?(?:题目?|问题|问|question|problem|q|quiz)\s*(?:[(（【#]?\s*(?:no\.?\s*)?(?:\d{1,3}"
    r"|[一二三四五六七八九十]{1,3})\s*[)）】]?)?\s*[:：.、]?$"
    r"|第\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[题问]\s*[:：.、]?$",
    re.IGNORECASE,
)
_PART_OF_ANSWER = re.compile(
    r"(?:是什么|为什么|怎么(?:做|用|办|样)?|如何(?:做|用|实现|使用|解决)?|有什么用|什么时候用|what(?: is it)?"
    r"|why|how|when(?: to use(?: it)?)?)\s*[?？]?$",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"[-*+]\s+(?:\[[ xX✓√-]\]\s|(?:\d{1,4}\s?\\?[.、]\s*)?\[[^\[\]\n]{1,200}\]\(https?://[^()\s]{1,500}\))"
)
"""An entry to tick off, or one that leads to a task elsewhere."""
_INTERVIEW = re.compile(r"面试|面经|八股|笔试|题|问答|高频|考点|interview|question|q\s*&\s*a|quiz|faq", re.IGNORECASE)
_FOLDED = re.compile(r"<summary[^<>]{0,200}>(.{0,200}?)</summary>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][^<>]{0,60}>", re.IGNORECASE)
_LONGEST_SUMMARY = 6
"""Lines."""
_ENOUGH = 0.4
"""From this share of asking headings on, the others of their kind are questions too."""
_CHOSEN = "heading"
"""The style of a part whose heading the person said is the question."""
_MOST = 0.6
_SHORTEST = 4
_LONGEST_ROUND = 12
_FEWEST = 2
_FEWEST_NUMBERED = 3
_MANY = 6
_LONGEST_ENDING = 200


@dataclass(slots=True)
class _Node:
    """One heading with what decides whether it is a question."""

    section: Section
    level: int
    parent: int
    children: list[int] = field(default_factory=list)
    written: bool = False
    lists: bool = False
    """Its own lines list questions."""
    asks: bool = False
    answered: bool = False
    """Its own lines begin with a label such as 答：."""
    about: bool = False
    """It speaks of the document: contents, references, licence."""
    question: bool = False
    label: bool = False
    """It says no more than 题目 or Question 3: the question is the paragraph below."""


def fold_questions(
    sections: Sequence[Section], name: str, *, denied: Collection[int] = frozenset()
) -> tuple[Section, ...]:
    """Find the headings that are questions and give them their answers, deeper headings included.

    Args:
        sections: Those of a document whose headings are written as such.
        name: The document's name, which may say that it is about interviews.
        denied: The numbers of headings that are no questions, as the person said.
    """
    nodes = _nodes(sections)
    for node in nodes:
        node.about = node.about or introduces(node.section, sections)
        node.asks = node.asks and not node.about
    _decide(nodes, name)
    for node in nodes:
        heading = node.section.heading
        if heading is not None and (node.section.chosen or heading.number in denied):
            node.question = node.section.chosen == _CHOSEN
            node.label = node.label and node.question
    leaves = _of_leaves(nodes)
    folded: list[Section] = []
    index = 0
    while index < len(nodes):
        end = _end_of_answer(nodes, index, leaves)
        section = nodes[index].section
        question = nodes[index].question
        end = end if question else _end_of_list(nodes, index) or end
        if end > index + 1:
            section = replace(section, body=_joined(nodes[index:end]))
        folded.append(section.moved(len(folded), question=question, label=question and nodes[index].label))
        index = end
    return tuple(folded)


def _joined(nodes: Sequence[_Node]) -> tuple[Line, ...]:
    """The lines of the first section and of those that follow, their headings included."""
    body = list(nodes[0].section.body)
    for inner in nodes[1:]:
        if inner.section.heading is not None:
            body.append(inner.section.heading)
        body.extend(inner.section.body)
    return tuple(body)


def _end_of_list(nodes: Sequence[_Node], index: int) -> int:
    """Where the sections end in which the numbered list of this one goes on; 0 when it ends here.

    A deeper heading with prose right below it, between two numbers that follow each other, is a part of an answer.
    """
    last = _last_number(nodes[index].section.body)
    end = index + 1
    while last and end < len(nodes) and nodes[end].level > nodes[index].level and not nodes[end].question:
        if nodes[index].section.chosen or nodes[end].section.chosen:
            break
        body = nodes[end].section.body
        first = next((line for line in body if line.kind is not LineKind.BLANK), None)
        numbers = [line.marker.number for line in body if line.marker is not None and not line.indent]
        if first is None or first.marker is not None or not numbers or numbers[0] != last + 1 or nodes[end].lists:
            break
        last, end = numbers[-1], end + 1
    return end if end > index + 1 else 0


def _last_number(body: Sequence[Line]) -> int:
    return next((line.marker.number for line in reversed(body) if line.marker is not None and not line.indent), 0)


def question_levels(sections: Sequence[Section]) -> frozenset[int]:
    """The levels at which headings ask."""
    counts: dict[int, list[bool]] = {}
    for section in sections:
        if section.heading is not None and not speaks_of_the_document(section.title):
            counts.setdefault(section.heading.level, []).append(_asks(heading_words(section.heading)))
    return frozenset(
        level for level, asking in counts.items() if sum(asking) >= _FEWEST and sum(asking) >= _ENOUGH * len(asking)
    )


def _asks(words: str) -> bool:
    """Whether the words of a heading ask, or stand behind a label such as Q:."""
    return asks(words) or without_question_label(words) != words


def _nodes(sections: Sequence[Section]) -> list[_Node]:
    nodes: list[_Node] = []
    stack: list[int] = []
    for index, section in enumerate(sections):
        level = section.heading.level if section.heading is not None else 0
        while stack and nodes[stack[-1]].level >= level:
            stack.pop()
        node = _Node(section, level, stack[-1] if stack else -1)
        if node.parent >= 0:
            nodes[node.parent].children.append(index)
        _look(node)
        nodes.append(node)
        stack.append(index)
    return nodes


def _look(node: _Node) -> None:
    section = node.section
    first = next((line for line in section.body if line.kind is not LineKind.BLANK), None)
    node.written = first is not None
    node.answered = first is not None and (opens_answer(first) or _opens_fold(section.body))
    if section.heading is None:
        return
    node.about = (
        section.heading.claimed
        or speaks_of_the_document(section.title)
        or is_label_alone(section.heading)
        or names_a_round(section.title)
        or sets_out(section.title)
        or (is_placeholder(section.title) and not section.heading.marker)
    )
    node.label = _LABEL.match(section.title[:60]) is not None and node.written
    words = heading_words(section.heading)
    sure = ends_asking(words)
    node.asks = not node.about and _asks(words) and (sure or len(words) >= _SHORTEST)
    node.lists = lists_questions(section, sure=sure, asked=node.asks)


def names_a_round(title: str) -> bool:
    """Whether a short heading names a part of an interview (手撕, 反问, HR面), below which its questions stand."""
    if names_coding_round(title):
        return True
    short = len(title) <= _LONGEST_ROUND and not ends_asking(title)
    return short and (is_hr_heading((title,)) or is_reverse_title(title))


def _opens_fold(body: Sequence[Line]) -> bool:
    """Whether lines begin with a fold that says no more than that the answer is inside."""
    written = [line.content for line in body[:_LONGEST_SUMMARY] if line.kind is LineKind.TEXT]
    match = _FOLDED.search(" ".join(written)) if written and written[0].lower().startswith("<details") else None
    return match is not None and is_unfolding(_TAGS.sub("", match[1]))


def _decide(nodes: list[_Node], name: str) -> None:
    labels = sum(node.label for node in nodes)
    followed = any(
        is_label_alone(node.section.heading) for node in nodes if node.section.heading is not None and node.level
    )
    levels = question_levels([node.section for node in nodes])
    interview = _INTERVIEW.search(name) is not None or any(_INTERVIEW.search(node.section.title) for node in nodes[:3])
    groups: dict[tuple[int, int], list[_Node]] = {}
    for node in nodes:
        node.label = node.label and (labels >= _FEWEST or followed) and not node.lists
        if node.level and not node.about:
            groups.setdefault((node.parent, node.level), []).append(node)
    for level, group in _alike(groups):
        together = level in levels or _are_questions(group, nodes, interview=interview)
        if together and _numbered(group) and sum(node.lists for node in group) * 4 <= len(group):
            # Among numbered questions one that has questions below is a question with several parts.
            for node in group:
                node.lists = False
        for node in group:
            if together and node.lists:
                node.lists = lists_questions(node.section, sure=False, asked=True)
        numbered = together and _numbered(group)
        for node in group:
            node.question = node.label or _is_question(node, nodes, together=together, numbered=numbered)


def _alike(groups: Mapping[tuple[int, int], list[_Node]]) -> Iterator[tuple[int, list[_Node]]]:
    """The headings that stand beside each other, with their level; those that count upwards apart from the others."""
    for (_parent, level), group in groups.items():
        counted = [node for node in group if _has_number(node)]
        headings = (node.section.heading for node in counted)
        numbers = [heading.marker.number for heading in headings if heading is not None and heading.marker is not None]
        upwards = all(before < after for before, after in pairwise(numbers))
        if _FEWEST_NUMBERED <= len(counted) < len(group) and upwards and not _numbered(group):
            yield level, counted
            yield level, [node for node in group if not _has_number(node)]
        else:
            yield level, group


def _is_question(node: _Node, nodes: list[_Node], *, together: bool, numbered: bool) -> bool:
    """Whether one heading is a question. ``together``: those beside it are; ``numbered``: with numbers."""
    if node.lists:
        return False
    heading = node.section.heading
    below = [nodes[child] for child in node.children]
    if node.asks and heading is not None:
        topic = is_chapter(heading.content) and bool(below) and not ends_asking(heading.content)
        return (
            not topic
            and not any(child.lists for child in below)
            and (node.written or not _children_ask(below, section_of=node))
        )
    if heading is not None and node.written and not node.about and _asked_on(node.section):
        return True
    if not together or _children_ask(below) or any(child.lists for child in below) or not node.section.heading:
        return False
    if numbered and not _has_number(node):
        return (node.written or bool(below)) and not _names_document(node, nodes)
    counted = numbered or is_chapter(node.section.heading.content)
    return node.written or bool(below) or (counted and (numbered or may_ask(_words(node))))


def _asked_on(section: Section) -> bool:
    """Whether below the text stands what was a deeper heading with a follow-up."""
    return any(line.kind is LineKind.TEXT and line.text[:1] == "#" != line.content[:1] for line in section.body)


def _has_number(node: _Node) -> bool:
    """Whether a heading begins with a number."""
    return node.section.heading is not None and node.section.heading.marker is not None


def _names_document(node: _Node, nodes: list[_Node]) -> bool:
    """Whether a heading is the first one of all."""
    return next((other for other in nodes if other.level), None) is node


def _children_ask(below: Sequence[_Node], *, section_of: _Node | None = None) -> bool:
    """Whether the headings right below are questions of their own, not parts of an answer.

    ``section_of`` is the question above them: what it names by itself may be asked part by part.
    """
    title = section_of.section.title if section_of is not None else ""
    asking = sum(
        child.asks and not _PART_OF_ANSWER.match(_words(child)) and not is_part_of(_words(child), title)
        for child in below
    )
    return asking >= _FEWEST and asking >= _MOST * len(below)


def _words(node: _Node) -> str:
    return heading_words(node.section.heading) if node.section.heading is not None else ""


def _are_questions(group: Sequence[_Node], nodes: Sequence[_Node], *, interview: bool) -> bool:
    """Whether sibling headings, not all of which ask, are questions by what they have in common."""
    count = len(group)
    asking = sum(node.asks for node in group)
    if asking >= _FEWEST and asking >= _ENOUGH * count:
        return True
    leaves = [node for node in group if not any(_opens_topic(nodes[child], nodes) for child in node.children)]
    if len(leaves) < len(group) or any(node.lists for node in group):
        return False
    answered = sum(node.answered or any(_labels_answer(nodes[child]) for child in node.children) for node in group)
    if answered >= _FEWEST and answered * 2 >= count:
        return True
    written = sum(node.written or bool(node.children) for node in group)
    if not interview or written * 2 < count:
        return False
    if count >= _FEWEST and sum(may_ask(_words(node)) for node in group) * 2 >= count:
        return True
    # Nouns alone, each with its text: 反射, 泛型, 注解.
    parted = [node for node in group if node.children]
    few = len(parted) * _FEWEST_NUMBERED <= count and all(len(node.children) < _FEWEST_NUMBERED for node in parted)
    bare = written == count and few and not any(_may_hold_questions(node.section) for node in group)
    return count >= _FEWEST_NUMBERED and (bare or _numbered(group))


def _may_hold_questions(section: Section) -> bool:
    """Whether a line below a heading may be a question itself, so that the heading is rather a topic."""
    return any(
        line.kind is LineKind.TEXT
        and line.indent <= 1
        and (
            line.content.startswith(("**", "__", "<u>", "<b>", "<details", "|"))
            or _TASK.match(line.content)
            or ends_asking(line.content[-_LONGEST_ENDING:])
            or without_question_label(line.content) != line.content
            or "::" in line.content
            or (line.marker is not None and line.marker.number <= _FEWEST)
        )
        for line in section.body
    )


def _numbered(group: Sequence[_Node]) -> bool:
    """Whether nearly all headings of a group have a number."""
    numbered = sum(_has_number(node) for node in group)
    return numbered >= 2 * _ENOUGH * len(group)


def _opens_topic(child: _Node, nodes: Sequence[_Node]) -> bool:
    """Whether a heading below asks or lists questions, so that the one above it is a topic."""
    return child.asks or child.lists or any(nodes[inner].asks for inner in child.children)


def _labels_answer(node: _Node) -> bool:
    return node.section.heading is not None and is_label_alone(node.section.heading)


def _of_leaves(nodes: Sequence[_Node]) -> frozenset[tuple[int, int]]:
    """The parents and levels at which many questions stand beside each other, nearly all without deeper headings."""
    counts: dict[tuple[int, int], list[bool]] = {}
    for node in nodes:
        if node.question:
            counts.setdefault((node.parent, node.level), []).append(bool(node.children))
    return frozenset(place for place, held in counts.items() if len(held) >= _MANY and sum(held) * 3 <= len(held))


def _end_of_answer(nodes: Sequence[_Node], index: int, leaves: Collection[tuple[int, int]]) -> int:
    """Where the lines of the heading at ``index`` end: behind the deeper headings of its answer."""
    node = nodes[index]
    end = index + 1
    if not node.question:
        return end
    apart = _children_ask([nodes[child] for child in node.children], section_of=node) and not (
        node.written and (node.parent, node.level) in leaves
    )
    while end < len(nodes):
        following = nodes[end]
        if following.section.chosen:
            break
        deeper = following.level > node.level and not (apart and following.question and following.asks)
        if not deeper and not (following.level == node.level and _labels_answer(following)):
            break
        end += 1
    return end
