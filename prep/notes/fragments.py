"""Run-on lines of a diary: ``先问了项目，然后问 Redis 持久化有哪几种，RDB 和 AOF 的区别。最后手撕快排，没写出来``."""

import re
from dataclasses import dataclass, replace

from prep.notes.findings import QuestionKind
from prep.notes.remarks import is_remark
from prep.notes.wording import asks

_WHEN = (
    r"(?:首先|其次|最后|最终|上来|一上来|开头|开始|接着|紧接着|接下来|然后|之后|随后|后面|后来|中间|期间|另外"
    r"|此外|还有|主要|基本上?|先|再|又|还|也|就|都|是|面试官|被|给了?)*"
)
_SUBJECT = (
    r"(?:(?:八股文?|基础|项目|实习|简历|数据库|网络|操作系统|计网|算法|场景|java|redis|mysql|jvm|spring"
    r"|c\+\+)(?:部分|方面|上|里)?)?"
)
_ASKED = re.compile(
    rf"{_WHEN}{_SUBJECT}{_WHEN}(?:问|考|聊(?!天)|提问|追问|抛|要求|让)(?:了|到|及|我|的是|的|起|完|过)*(?:一下|一些"
    rf"|几个|一个|一道|下|些|个)?(?:[\d一二两三四五六七八九十半]{1, 4}[来多]?个?(?:分钟|小时)的?)?\s*[:：]?\s*"
    r"|(?:then |also |first |finally |next |and |he |she |they |the interviewer )*(?:was )?asked (?:me |about "
    r"|to |for )*",
    re.IGNORECASE,
)
_BARE_ASKED = re.compile(rf"{_WHEN}(?:问|考|聊(?!天)|让)")
_WROTE = re.compile(
    rf"{_WHEN}(?:手撕|手写|撕|写|做|出|来)(?:了|的是|的)?(?:[一两二三](?:道|个))?(?:算法题?|代码题?|编程题?"
    rf"|sql题?|题目?)?(?:是)?\s*[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
_WHEN_ALONE = re.compile(rf"(?:{_WHEN})\s*[:：]?\s*")
_TASK_FOLLOWS = re.compile(
    rf"{_WHEN}(?:有|给|布置|安排)?(?:了)?(?:[一两二三1-3]?\s?[道个])?(?:手撕|算法|代码|编程|sql|coding"
    rf"|leetcode)题?\s*(?:是|：|:)?$",
    re.IGNORECASE,
)
"""A clause that announces the task named by the next one."""
_GENERIC = re.compile(
    r"(?:我?的?(?:深挖|拷打|挑了?|围绕|项目|简历|八股|基础|算法|代码|实习|经历|论文|科研|技术|细节|问题|内容"
    r"|东西|知识|题目?|手撕"
    r"|反问|些|很多|常规|相关|经典|老|几个|一些|一道|两道|和|、|经验|一下"
    r"|的|了|方面|部分|基本|都|比较|简单|常见|my|project|internship|resume|background|experience|questions?|some"
    r"|few|a|the|about)|\s)*+",
    re.IGNORECASE,
)
_ENGLISH_END = re.compile(r"(?<=[a-z0-9)])[.]\s+(?=[A-Z])")
_SENTENCE_END = frozenset("。；;！!\n")
_OPEN, _CLOSE = "（(【[《「“", "）)】]》」”"
LONGEST_RUN_ON = 4000
"""Characters. What is longer is no sentence about an interview."""
_LONGEST_CLAUSE = 80
_LONGEST_LISTED = 30
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Fragment:
    """One clause of a run-on line."""

    text: str
    role: str
    """question, remark or note."""
    kind: QuestionKind | None = None
    """Coding when the clause says that code was written."""


def is_run_on(text: str, *, listed: bool) -> bool:
    """Whether a line tells of several questions in one go, instead of being one."""
    if len(text) > LONGEST_RUN_ON:
        return False
    sentences = [part for part in re.split(r"[。；;]", text) if part.strip()]
    told = _tells(text)
    if len(sentences) > 1:
        return told or (not listed and sum(asks(part) for part in sentences) > 1)
    if listed:
        return told and "，" in text
    return told or text.count("？") + text.count("?") > 2 or (text.endswith("。") and not asks(text))  # noqa: PLR2004 - one question, and one that follows


def split_run_on(text: str) -> tuple[Fragment, ...]:
    """Divide a run-on line into what was asked, what the writer says of it, and the rest."""
    found: list[Fragment] = []
    text = _ENGLISH_END.sub("。", text)
    for sentence in _split(text, _SENTENCE_END):
        listing = False
        announced = False
        for clause in _clauses(sentence):
            fragments, listing = _read(clause, listing=listing or announced)
            if announced:
                fragments = [replace(part, kind=QuestionKind.CODING) for part in fragments]
            announced = _TASK_FOLLOWS.match(clause.strip()) is not None
            found.extend(fragments)
    return tuple(found)


def _tells(text: str) -> bool:
    """Whether a line says that something was asked, or that code was written."""
    return any(
        (match := _ASKED.match(part.strip())) is not None and match.end() > 0 and _is_telling(match[0])
        for part in re.split(r"[，,。；;]", text)
    )


def _is_telling(lead: str) -> bool:
    return "了" in lead or "ask" in lead.casefold() or _BARE_ASKED.match(lead) is not None


def _read(clause: str, *, listing: bool) -> tuple[list[Fragment], bool]:
    """What one clause gives, and whether the bare nouns after it were asked too."""
    text = clause.strip().strip("，,、：:").strip()
    if len(text) < _SHORTEST:
        return [], listing
    if is_remark(text):
        return [Fragment(text, "remark")], False
    if len(text) > _LONGEST_CLAUSE and not asks(text):
        return [Fragment(text, "note")], False
    asked, wrote = _ASKED.match(text), _WROTE.match(text)
    if asked is not None and asked.end():
        return _asked(text[asked.end() :].strip(), text)
    if wrote is not None:
        return _wrote(text[wrote.end() :].strip(), text)
    return _bare(text, listing=listing)


def _wrote(core: str, text: str) -> tuple[list[Fragment], bool]:
    if _is_generic(core):
        return [Fragment(text, "note")], True
    return [Fragment(part, "question", QuestionKind.CODING) for part in _listed(core)], True


def _bare(text: str, *, listing: bool) -> tuple[list[Fragment], bool]:
    """A clause without a word of asking: a question by itself, or one more noun of a list."""
    led = _WHEN_ALONE.match(text)
    core = text[led.end() :].strip() if led else text
    if asks(core) or core == "自我介绍":
        return [Fragment(part, "question") for part in _asked_parts(core)], True
    if listing and len(core) <= _LONGEST_LISTED and not _is_generic(core):
        return [Fragment(part, "question") for part in _listed(core)], True
    return [Fragment(text, "note")], False


def _asked(core: str, text: str) -> tuple[list[Fragment], bool]:
    wrote = _WROTE.match(core)
    kind = QuestionKind.CODING if wrote is not None and core[: wrote.end()].strip() else None
    core = core[wrote.end() :].strip() if wrote is not None and kind else core
    if _is_generic(core):
        return [Fragment(text, "note")], True
    return [Fragment(part, "question", kind) for part in _asked_parts(core)], True


def _asked_parts(core: str) -> list[str]:
    """Several things asked in one clause, separated by 、; one that asks as a whole is taken apart when each does."""
    parts = _listed(core)
    return parts if not asks(core) or all(asks(part) for part in parts) else [core]


def _is_generic(core: str) -> bool:
    return len(core) < _SHORTEST or _GENERIC.fullmatch(core) is not None


def _listed(core: str) -> list[str]:
    return [part.strip() for part in _split(core, frozenset("、")) if len(part.strip()) >= _SHORTEST]


def _clauses(sentence: str) -> list[str]:
    """The clauses between commas, and after question marks, that stand outside brackets."""
    clauses: list[str] = []
    for part in _split(sentence, frozenset("，,")):
        pieces = re.findall(r"[^?？]*[?？]+|[^?？]+$", part)
        clauses.extend(piece for piece in pieces if piece.strip())
    return clauses


def _split(text: str, separators: frozenset[str]) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    for index, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in separators and not depth:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part for part in parts if part.strip()]
