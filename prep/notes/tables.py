"""Question tables: one row a question, the columns known by their names, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prep.notes.blocks import Line, LineKind
from prep.notes.findings import FoundAsked, LineFate
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, is_placeholder
from tracker.messages import _
from tracker.stages import Precision

_COLUMNS = {
    "question": r"(?:面试|考|算法|笔试)?(?:题目?|问题)(?:内容|描述|名称|名)?|题干|问|questions?|problems?|q"
    "|title|prompt|front",
    "answer": r"(?:参考|标准|我的|简要|简短|一句话|个人)?(?:答案|回答|解答|答|要点|思路|话术)(?:要点|思路|草稿)?|解析"
    "|题解|草稿|怎么答|答题(?:要点|思路)|(?:(?:my|model|sample|short|suggested|reference|draft) )?"
    "(?:answers?|a|response|draft|reply)|solutions?|back|explanation|key points?|notes?",
    "company": r"(?:出现|考察|来源|提问)?(?:公司|企业|厂商?)(?:名称?)?|出处|compan(?:y|ies)|asked (?:by|at|in)|who",
    "count": r"(?:出现|考察|被问|提问)?(?:频率|次数|频次|频度|热度)|考频|freq(?:uency)?|times(?: asked)?|count|hits",
    "importance": r"(?:重要|优先)(?:性|程度|级|度)?|星级|标记|importance|priority|stars?|weight",
    "topic": r"标签|分类|类别|类型|知识点|模块|方向|专题|主题|领域|科目|考点|topics?|tags?|categor(?:y|ies)"
    "|areas?|kind|type|subject",
    "date": r"日期|时间|面试(?:日期|时间)|dates?|when|day",
    "round": r"轮次|面试轮次|阶段|环节|rounds?|stage",
    "other": r"序号|编号|题号|#|no\.?|id|号|难度|难易(?:程度)?|difficulty|level|链接|link|url|状态"
    "|完成(?:情况)?|(?:掌握|熟练|熟悉)(?:程度|情况|度)?|信心|status|done|confidence|mastery|备注|remarks?|comments?",
}
_NAMES = {kind: re.compile(rf"(?:{pattern})$", re.IGNORECASE) for kind, pattern in _COLUMNS.items()}
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*+\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)(?:\\\\)*+\|")
_SEPARATORS = re.compile(r"\s*(?:[、,，;；/|&+]|<br\s*/?>|\s和\s|\band\b)\s*", re.IGNORECASE)
_TIMES = re.compile(r"\s*(?:[x×*]\s*\d+|[(（]\s*\d+\s*(?:次)?\s*[)）])\s*$")
_NUMBER = re.compile(r"\d{1,3}")
_OFTEN = re.compile(r"(?:极|很|超|非常)?高|必考|必问|常考|high|hot|often|p0|important|重点|重要", re.IGNORECASE)
_DATE = re.compile(r"(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2}))?")
_LINK = re.compile(r"(?:!?\[[^\[\]]{0,500}\]\([^()]{0,2000}\)|https?://\S+)$")
_NOTHING = frozenset({"", "-", "—", "/", "\\", "无", "暂无", "n/a", "none", "?", "？"})
_FEWEST_ROWS = 1
_LONGEST_NAME = 30
_SHORTEST_ANSWER = 8
"""Characters that the cells of a column of answers have at least, on the average."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Table:
    start: int
    end: int
    columns: tuple[str, ...]
    """The kind of each column, ``""`` for one that is not known."""
    first: int
    """The index of the first row that is a question."""
    edged: bool
    """Its rows begin with ``|``."""


class QuestionTable:
    """Tables with a column of questions, above any numbered item."""

    name = "table"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section holds a table of questions, or None."""
        tables = question_tables(section)
        if not tables:
            return None
        return _("a table {where} has a column of questions").format(where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every row of the tables."""
        for table in question_tables(section) or (_any_tables(section.body) if section.chosen else ()):
            ledger.mark(section.body[table.start : table.first], LineFate.HEADING)
            for line in section.body[table.first : table.end]:
                _read_row(
                    section, line, cells_of(line.content, len(table.columns), edged=table.edged), table.columns, ledger
                )


def column_kinds(names: Sequence[str]) -> tuple[str, ...]:
    """What each column holds by its name; empty for the unknown, and for all when none holds questions."""
    kinds: list[str] = []
    for name in names:
        plain = clean_title(name).strip("*_ :：")
        kind = (
            next((kind for kind, pattern in _NAMES.items() if pattern.match(plain)), "")
            if len(plain) <= _LONGEST_NAME
            else ""
        )
        kinds.append(kind if kind in {"answer", "other", ""} or kind not in kinds else "")
    plain_names = {clean_title(name).casefold() for name in names}
    if "a" in plain_names and "q" not in plain_names:
        # A letter alone names an answer only beside the other one.
        kinds = ["" if clean_title(name).casefold() == "a" else kind for name, kind in zip(names, kinds, strict=True)]
    if "question" not in kinds and "answer" in kinds and "" in kinds:
        kinds[kinds.index("")] = "question"
    if "question" not in kinds:
        return ("",) * len(kinds)
    return tuple(kinds)


def cells_of(row: str, columns: int, *, edged: bool = True) -> list[str]:
    """The cells of a row as written, as many as there are columns: missing ones are empty, the last keeps the rest.

    ``edged``: the rows of the table begin with ``|``.
    """
    text = row.strip()
    edged = edged or (text.startswith("|") and text.endswith("|"))
    text = text.removeprefix("|") if edged else text
    ends = [match.end() - 1 for match in _CELL_END.finditer(text)]
    if ends and ends[-1] == len(text) - 1 and (edged or len(ends) >= columns):
        text, ends = text[:-1], ends[:-1]
    starts = [0, *(end + 1 for end in ends)]
    cells = [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]
    while len(cells) > columns and not cells[-1].strip():
        cells.pop()
        text = text[: starts.pop() - 1]
    if len(cells) > columns:
        cells = [*cells[: columns - 1], text[starts[columns - 1] :]]
    cells += [""] * (columns - len(cells))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def question_tables(section: Section) -> list[_Table]:
    """The tables of questions that stand above the first numbered item."""
    if "|" not in section.contents():
        return []
    body = section.body
    found: list[_Table] = []
    index = 1
    while index < len(body):
        line = body[index]
        if line.marker is not None and line.kind is LineKind.TEXT and "|" not in line.content:
            break
        if not _is_row(line) or not _DELIMITER.match(line.content) or not _is_row(body[index - 1]):
            index += 1
            continue
        end = index + 1
        while end < len(body) and _is_row(body[end]):
            end += 1
        table = _table(body, index, end)
        if table is not None:
            found.append(table)
        index = end + 1
    return found


def row_pair(lines: Sequence[Line], index: int) -> tuple[str, str] | None:
    """The question and the answer of the row of a table at ``index``; None when no table is around it.

    The columns are known by their names; without them the first that says something is the question.
    """
    start = index
    while start and _is_row(lines[start]):
        start -= 1
    start += not _is_row(lines[start])
    if index - start < 2 or not _DELIMITER.match(lines[start + 1].content):  # noqa: PLR2004 - the names and the rule below them
        return None
    table = _any_table(lines, start, index + 1)
    cells = cells_of(lines[index].content, len(table.columns), edged=table.edged)
    values = dict(zip(reversed(table.columns), reversed(cells), strict=True))
    return values["question"], values.get("answer", "")


def _any_tables(body: Sequence[Line]) -> list[_Table]:
    """All tables of a section, whatever their columns are called."""
    found: list[_Table] = []
    index = 1
    while index < len(body):
        end = index + 1
        if _is_row(body[index]) and _DELIMITER.match(body[index].content) and _is_row(body[index - 1]):
            while end < len(body) and _is_row(body[end]):
                end += 1
            found.append(_any_table(body, index - 1, end))
        index = end
    return found


def _any_table(lines: Sequence[Line], start: int, end: int) -> _Table:
    """The table whose names stand in line ``start``: its first column of words holds the questions."""
    width = len(_CELL_END.findall(lines[start].content.strip().strip("|"))) + 1
    edged = lines[start].content.startswith("|")
    kinds = list(column_kinds(cells_of(lines[start].content, width, edged=edged)))
    if "question" not in kinds:
        rows = [cells_of(line.content, width, edged=edged) for line in lines[start + 2 : end]]
        worded = [any(character.isalpha() for row in rows for character in row[place]) for place in range(width)]
        place = worded.index(True) if any(worded) else 0
        kinds = ["other"] * width
        kinds[place] = "question"
        if place + 1 < width:
            kinds[place + 1] = "answer"
    return _Table(start, end, tuple(kinds), start + 2, edged)


def _is_row(line: Line) -> bool:
    return line.kind is LineKind.TEXT and "|" in line.content and line.indent <= _DEEPEST


def _table(body: Sequence[Line], delimiter: int, end: int) -> _Table | None:
    for header, first in ((delimiter - 1, delimiter + 1), (delimiter + 1, delimiter + 2)):
        if header >= end or first + _FEWEST_ROWS > end:
            return None
        width = len(_CELL_END.findall(body[header].content.strip().strip("|"))) + 1
        kinds = column_kinds(cells_of(body[header].content, width))
        if "question" in kinds and (_is_told(kinds) or _mostly_ask(body[first:end], kinds)):
            edged = body[delimiter - 1].content.startswith("|")
            kinds = _with_answers(kinds, [cells_of(row.content, width, edged=edged) for row in body[first:end]])
            return _Table(delimiter - 1, end, kinds, first, edged)
    return None


def _with_answers(kinds: tuple[str, ...], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The kinds of the columns, the wordiest of those with unknown names taken for the answers where none is named."""
    if "answer" in kinds or "" not in kinds:
        return kinds
    lengths = [sum(len(row[place]) for row in rows) if kind == "" else 0 for place, kind in enumerate(kinds)]
    place = lengths.index(max(lengths))
    filled = sum(bool(row[place]) for row in rows)
    if lengths[place] < _SHORTEST_ANSWER * max(1, filled):
        return kinds
    return (*kinds[:place], "answer", *kinds[place + 1 :])


def _is_told(kinds: Sequence[str]) -> bool:
    """Whether other columns say that these are questions of interviews."""
    return (
        bool({"answer", "company", "count", "round"} & set(kinds))
        or len(kinds) == 1
        or (sum(kind != "" for kind in kinds) == len(kinds))
    )


def _mostly_ask(rows: Sequence[Line], kinds: Sequence[str]) -> bool:
    place = kinds.index("question")
    asking = sum(asks(cells_of(row.content, len(kinds))[place]) for row in rows)
    return asking * 2 >= len(rows)


def _read_row(section: Section, line: Line, cells: Sequence[str], kinds: Sequence[str], ledger: Ledger) -> None:
    values: dict[str, str] = {}
    for kind, cell in zip(kinds, cells, strict=True):
        if cell.casefold() not in _NOTHING:
            values[kind] = f"{values[kind]}\n{cell}" if kind in values and kind == "answer" else values.get(kind, cell)
    title = values.get("question", "")
    if line.claimed:
        return
    if is_placeholder(title):
        ledger.skip((line,), "placeholder")
        return
    answer = values.get("answer", "")
    linked = _LINK.match(answer) is not None
    topic = clean_title(values.get("topic", ""))
    ledger.ask(
        title,
        lines=(line,),
        answer="" if linked or is_placeholder(answer) else answer,
        hint=answer if linked else "",
        path=section.path,
        kind=kind_of(clean_title(title), (*section.path, topic) if topic else section.path),
        style=QuestionTable.name,
        marks=_marks(values),
        appearances=_count(values.get("count", "")),
        asked=_asked(values),
        topic=topic,
    )


def _marks(values: dict[str, str]) -> str:
    """What other columns say about importance, as the marks that a title would carry."""
    said = f"{values.get('importance', '')} {values.get('count', '')}"
    return f"{said} 【高频】" if _OFTEN.search(said) else said if not said.isascii() else ""


def _count(cell: str) -> int:
    match = _NUMBER.search(cell)
    return int(match.group()) if match else 0


def _asked(values: dict[str, str]) -> tuple[FoundAsked, ...]:
    at, precision = _date(values.get("date", ""))
    names = [_TIMES.sub("", clean_title(name)) for name in _SEPARATORS.split(values.get("company", ""))]
    stage = clean_title(values.get("round", ""))
    return tuple(FoundAsked(name, stage, at, precision) for name in dict.fromkeys(names) if not is_placeholder(name))


def _date(cell: str) -> tuple[datetime | None, Precision]:
    match = _DATE.search(cell)
    if match is None:
        return None, Precision.UNKNOWN
    try:
        at = datetime(int(match["year"]), int(match["month"]), int(match["day"] or 1))  # noqa: DTZ001 - naive local time, as all findings
    except ValueError:
        return None, Precision.UNKNOWN
    return at, Precision.DAY if match["day"] else Precision.MONTH
