"""One file a question: the title in the file's name or its first heading, all the rest the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from prep.notes.blocks import Line, LineKind, body_text, strip_blank
from prep.notes.findings import FoundStyle, LineFate
from prep.notes.interview_titles import ROUND
from prep.notes.question_kinds import is_coding_heading, kind_of
from prep.notes.reading import Ledger
from prep.notes.wording import asks, clean_title, ends_asking
from tracker.imports.document import Document
from tracker.messages import _

_NAME_NUMBER = re.compile(
    r"^(?:\d{1,4}|[QqＱ]\d{1,3}|第\d{1,3}题|[一二三四五六七八九十]{1,3}(?=[、.]))[\s._、\-—]+(?=\S)"
)
_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.、)）])\s*(\S.*)$")
_INDEX = frozenset({"readme", "index", "目录", "summary", "contents", "toc", "_sidebar", "总览"})
_QUESTION_WORDS = re.compile(
    r"什么|如何|怎么|怎样|为何|为啥|哪些|哪个|哪种|几种|多少|是否|能否|能不能|会不会|有没有|是不是|吗$|呢$|区别|异同"
    r"|^(?:what|why|how|when|where|which|who|is|are|does|do|can|should)\b",
    re.IGNORECASE,
)
_FEWEST = 3
_FEWEST_TASKS = 2
_MOST_ASKING = 2
"""How many headings or items may ask within one answer: from the next on it is a list of questions."""
_SHARE = 0.5
_TOP = 60


def whole_file_titles(documents: Sequence[Document], links: Mapping[str, str]) -> dict[str, str]:
    """The files of one import that answer one question each, with that question, by their paths.

    A file does when its name asks; when it is one of a folder most of whose files ask, or of a folder of coding
    tasks; or when an index links to it by a title that asks (``links``, by path). A list of questions never does.
    """
    titles: dict[str, str] = {}
    folders: dict[str, list[tuple[Document, str]]] = {}
    for document in documents:
        path = PurePath(document.path)
        if path.stem.casefold() in _INDEX or ROUND.search(path.stem) or _lists(document):
            continue
        heading = _first_heading(document)
        title = heading or (links.get(document.path, "") or _title_of_name(path.stem))
        linked = asks(links.get(document.path, ""))
        if linked or (not heading and asks_plainly(title) and title != links.get(document.path, "")):
            titles[document.path] = title
        folders.setdefault(str(path.parent), []).append((document, title))
    every = [title for members in folders.values() for _document, title in members]
    mostly = len(every) >= _FEWEST and sum(map(asks_plainly, every)) >= _SHARE * len(every)
    for folder, members in folders.items():
        name = PurePath(folder).name
        asking = sum(asks_plainly(title) for _document, title in members)
        asked = (len(members) >= _FEWEST or mostly) and asking >= _SHARE * len(members)
        tasks = len(members) >= _FEWEST_TASKS and is_coding_heading((name,))
        if asked or tasks:
            titles.update((document.path, title) for document, title in members)
    return titles


def asks_plainly(title: str) -> bool:
    """Whether a title is a question by more than its first word: 介绍.md and 对比学习.md name things."""
    return ends_asking(title) or (asks(title) and _QUESTION_WORDS.search(title) is not None)


def read_whole_file(title: str, lines: Sequence[Line], ledger: Ledger) -> None:
    """Enter a document as the answer to one question."""
    kept = strip_blank([line for line in lines if line.kind is not LineKind.METADATA])
    written = [line for line in kept if line.kind is not LineKind.BLANK]
    if not written:
        return
    first = written[0]
    headed = first.kind is LineKind.HEADING and clean_title(first.content) == clean_title(title)
    body = strip_blank(kept[1:] if headed else kept)
    folder = PurePath(ledger.document.path).parent.name
    path = (folder,) if folder else ()
    if not headed:
        ledger.mark(body, LineFate.ANSWER)
    ledger.ask(
        title,
        lines=(first,),
        body=body,
        answer=body_text(body),
        answer_line=body[0].number if body else 0,
        path=path,
        kind=kind_of(clean_title(title), path),
        style="whole-file",
    )
    for interview in list(ledger.interviews.values())[:1]:
        ledger.questions[-1] = replace(ledger.questions[-1], asked=(interview.asked,))
    # One file is one thing that was asked: the round itself is told elsewhere.
    ledger.interviews = {}
    reason = _("the whole file answers “{title}”").format(title=clean_title(title))
    ledger.styles.append(FoundStyle("whole-file", reason, first.number, 1))


def _title_of_name(stem: str) -> str:
    plain = _NAME_NUMBER.sub("", stem)
    if "_" in plain or (plain.count("-") > 1 and " " not in plain):
        plain = re.sub(r"[_-]+", " ", plain)
    return plain.strip()


def _first_heading(document: Document) -> str:
    """The first written line when it is a heading that no other one stands beside or above."""
    levels: list[int] = []
    title = ""
    written = False
    fenced = front = False
    for number, text in enumerate(document.lines):
        content = text.strip()
        if content == "---" and (number == 0 or front):
            front = not front
            continue
        if content.startswith(("```", "~~~")):
            fenced = not fenced
        if not content or fenced or front:
            continue
        match = _HEADING.match(text)
        if match is not None:
            levels.append(len(match[1]))
            title = match[2] if not written else title
        written = True
    return title if title and levels.count(min(levels)) == 1 and levels[0] == min(levels) else ""


def _lists(document: Document) -> bool:
    """Whether a document holds several questions of its own."""
    headings = items = 0
    fenced = first = False
    for text in document.lines:
        if text.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not text.strip():
            continue
        heading = _HEADING.match(text)
        if heading is not None:
            headings += first and asks(heading[2])
        elif text[0] not in " \t" and (item := _ITEM.match(text[:_TOP])) is not None:
            items += ends_asking(item[1]) or (len(text) < _TOP and text.rstrip().endswith(("?", "？")))
        first = True
    return headings > _MOST_ASKING or items > _MOST_ASKING
