"""What the program that wrote a document added to it, and the person never typed: taken off before anything is read.

Only what the styles look at changes, the content of a line; its text, of which answers are made, stays as written.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind, Marker, reread
from prep.notes.copied_page import leads_to_other_pages
from prep.notes.wording import asks, speaks_of_the_document

_SPAN = re.compile(
    r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]{0,200}\]){1,600})\]\{(?P<marks>(?:[.#]|[a-z-]{1,20}=)[^{}]{0,300})\}"
)
_ATTRIBUTES = re.compile(r"\s*\{\s?[#.:][^{}]{0,300}\}\s*$")
_PROPERTY = re.compile(r"[\w\u3400-\u9fff-]{1,30}::(?: \S.*)?$")
_KNOWN_PROPERTY = re.compile(
    r"(?:collapsed|id|alias(?:es)?|tags?|title|type|public|template|icon|heading|background-color|created-at|updated-at"
    r"|filters|deadline|scheduled|query-[a-z-]{1,30}|(?:card|logseq|ls|hl)[.-][a-z.-]{1,40})::(?: .*)?$"
)
_PAGE_NUMBER = re.compile(
    r"(?:[-—–·]\s*)?第\s*\d{1,4}\s*页(?:\s*[,，/|]?\s*共?\s*\d{1,4}\s*页)?(?:\s*[-—–·])?"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-—–]\s\d{1,4}\s[-—–]",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T]\d{1,2}:\d\d(?::\d\d)?")
"""When a note was written, by the clock of the program that keeps it."""
_CLOCK = r"[\[(（]?\s{0,2}\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,3})?(?:\s?[AaPp][Mm])?\s{0,2}[\])）]?"
_HOUR = re.compile(r":\d\d")
_NAMED = r"(?P<who>[^\s:：\d\[\](（）)#>|*_-][^:：\d\[\](（）)|]{0,19}?)"
_SPOKEN = re.compile(rf"{_NAMED}\s{{0,3}}{_CLOCK}(?:\s{{0,3}}[:：]\s*(?P<rest>.*))?$")
_SPOKEN_AT = re.compile(rf"{_CLOCK}\s{{1,3}}{_NAMED}(?:\s{{0,3}}[:：]\s*(?P<rest>.*))?$")
_FEWEST_SPOKEN = 4
_FEWEST_TURNS = 2
_MOST_SPEAKERS = 4
_PICTURE = re.compile(
    r"[\[【(（]?(?:图片|动图(?:封面)?|视频|图源[^()（）\n]{0,20}|图片来(?:源|自)[^()（）\n]{0,20})[\]】)）]?"
)
_FIRST_OF_PICTURE = frozenset("[【(（图动视")
_TAGS = re.compile(r"(?:#[^\s#(){}<>=]{1,60}#?\s*)+")
_FIRST_OF_PAGE_NUMBER = frozenset("第pP-—–·")
_LONGEST_PAGE_NUMBER = 30
_LONE_NUMBER = re.compile(r"(?:[QqＱ#]\s?|no\.?\s?|[(（【\[])?(?P<number>\d{1,3})\s?[.、．)）】\]:：]?", re.IGNORECASE)
_LONGEST_LONE = 8
_FEWEST_NUMBERS = 3
_LARGEST_GAP = 3
_LEAST_ASKING = 0.4
_LONGEST_QUESTION = 120


def without_tool_markup(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with what a program put in read as such: comments, properties, page numbers, attributes of words."""
    result = list(lines)
    lone: list[int] = []
    comments: list[int] = []
    times: list[int] = []
    spoken: list[tuple[int, re.Match[str]]] = []
    for index, line in enumerate(lines):
        content = line.content
        if content[-1:] == "}" or "]{" in content:
            result[index] = reread(line, _without_attributes(line))
        if line.kind is not LineKind.TEXT:
            continue
        if content.startswith("%%") and not (len(content) > len("%%%%") and content.endswith("%%")):
            comments.append(index)
        elif _is_of_the_tool(lines, index):
            result[index] = replace(line, kind=LineKind.TOOL)
        elif content[0] in "12" and _TIME.fullmatch(content):
            times.append(index)
        elif _HOUR.search(content) and (said := _SPOKEN.match(content) or _SPOKEN_AT.match(content)) is not None:
            spoken.append((index, said))
        elif len(content) <= _LONGEST_LONE and _LONE_NUMBER.fullmatch(content):
            lone.append(index)
    _hide(result, comments)
    _number(result, lone)
    _name_speakers(result, spoken)
    if len(times) >= _FEWEST_NUMBERS:
        _divide_notes(result, times)
    return result


def _without_attributes(line: Line) -> str:
    """The content of a line without the attributes in braces that pandoc writes."""
    if line.kind is not LineKind.TEXT and line.kind is not LineKind.HEADING:
        return line.content
    content = _ATTRIBUTES.sub("", line.content) if line.kind is LineKind.HEADING else line.content
    return _SPAN.sub(_marked, content) if "]{" in content else content


def _marked(span: re.Match[str]) -> str:
    words, marks = span["words"], span["marks"]
    if "underline" in marks:
        return f"<u>{words}</u>"
    return f"=={words}==" if ".mark" in marks else words


def _is_of_the_tool(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a comment in one line, a property or the number of a page."""
    content = lines[index].content
    if len(content) <= _LONGEST_PAGE_NUMBER:
        if content[0] in _FIRST_OF_PAGE_NUMBER:
            return _PAGE_NUMBER.fullmatch(content) is not None
        if content[0] in _FIRST_OF_PICTURE and _PICTURE.fullmatch(content):
            return True
    return content.startswith(("%%", "<mention-")) or ("::" in content and _is_property(lines, index))


def _is_property(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a property of an outliner's block, or one of those of the page at its top."""
    content = lines[index].content
    if _KNOWN_PROPERTY.match(content):
        return True
    above = lines[:index] if index < _LARGEST_GAP * _LARGEST_GAP else ()
    return bool(above) and all(_PROPERTY.match(line.content) for line in above) and bool(_PROPERTY.match(content))


def _hide(lines: list[Line], marks: Sequence[int]) -> None:
    """Comments between two lines of ``%%``; an odd one at the end is text."""
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        for index in range(start, end + 1):
            if lines[index].kind is not LineKind.BLANK:
                lines[index] = replace(lines[index], kind=LineKind.TOOL)


def _take_turns(names: Counter[str]) -> bool:
    """Whether a few people speak, at least two of them several times."""
    return len(names) <= _MOST_SPEAKERS and sum(count >= _FEWEST_TURNS for count in names.values()) > 1


def _name_speakers(lines: list[Line], spoken: Sequence[tuple[int, re.Match[str]]]) -> None:
    """Turns of a transcript with the time at which each begins: the name alone stays as the label."""
    names = Counter(match["who"] for _index, match in spoken)
    if len(spoken) < _FEWEST_SPOKEN or not _take_turns(names):
        return
    for index, match in spoken:
        lines[index] = reread(lines[index], f"{match['who']}：{match['rest'] or ''}")


def _divide_notes(lines: list[Line], times: Sequence[int]) -> None:
    """Notes below the times at which they were written: their tags become headings."""
    tagged = {index: below for index in times if (below := _tags_below(lines, index)) is not None}
    for index in times:
        below = tagged.get(index)
        if below is not None:
            tags = lines[below].text.strip().lstrip("#")
            lines[below] = replace(lines[below], kind=LineKind.HEADING, level=1, content=tags)
        apart = below is None and len(tagged) * 2 > len(times)
        kind = LineKind.HEADING if apart else LineKind.TOOL
        lines[index] = replace(lines[index], kind=kind, level=int(apart))


def _tags_below(lines: Sequence[Line], index: int) -> int | None:
    """Where the tags stand of the note that was written at the time at ``index``; None when it has none."""
    below = _next_written(lines, index)
    return below if below is not None and _TAGS.fullmatch(lines[below].text.strip()) else None


def _number(lines: list[Line], lone: Sequence[int]) -> None:
    """Numbers that stand alone and count upwards become those of the lines below them; the last one has an end."""
    found: list[tuple[int, int, int]] = []
    for index in lone:
        match = _LONE_NUMBER.fullmatch(lines[index].content)
        below = _next_written(lines, index)
        apart = index == 0 or lines[index - 1].kind is LineKind.BLANK
        if match is None or not apart or below is None or lines[below].marker is not None:
            continue
        titled = lines[below].kind is LineKind.TEXT and len(lines[below].content) <= _LONGEST_QUESTION
        number = int(match["number"])
        last = found[-1][1] if found else number - 1
        if titled and last < number <= last + _LARGEST_GAP:
            found.append((index, number, below))
    asking = sum(asks(lines[below].content) for _index, _number, below in found)
    if len(found) < _FEWEST_NUMBERS or asking < _LEAST_ASKING * len(found):
        return
    for index, number, below in found:
        lines[index] = replace(lines[index], kind=LineKind.TOOL)
        marker = Marker("alone", number, 0, lines[below].content)
        lines[below] = replace(lines[below], marker=marker)
    for index in range(found[-1][2] + 1, len(lines)):
        line = lines[index]
        speaks = speaks_of_the_document(line.content) or leads_to_other_pages(line.content)
        if line.kind is LineKind.TEXT and not line.indent and speaks:
            lines[index] = replace(line, kind=LineKind.HEADING, level=1)


def _next_written(lines: Sequence[Line], index: int) -> int | None:
    """The next line that is not blank, when at most one blank line stands between."""
    for below in range(index + 1, min(index + 3, len(lines))):
        if lines[below].kind is not LineKind.BLANK:
            return below
    return None
