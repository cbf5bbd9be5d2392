"""Two wordings that may be one question: what is said around its matter is left out, what carries meaning must agree.

A single other word is another question in this trade (PPO and SFT, 进程 and 线程, 优点 and 缺点), so likeness of
letters counts for nothing here: the terms, the numbers and the words of the matter must be equal, and only their order,
what is asked politely around them and a few words that say nothing may differ.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

EQUAL, LOOSE, LONGER = 0.95, 0.8, 0.6
"""How sure it is: the same matter in other order or other phrases; with a word that says nothing; one says more."""

LONG = 12
"""Characters of the matter from which a small addition may leave the question the same."""
MOST_ADDED = 0.15
"""Share of the matter that may be added then."""
WEAK = 6
"""Weight below which a wording may be about anything, such as a heading ``优缺点`` in two chapters."""

_WHY, _HOW, _SOLVE, _DIFFERENCE, _RELATION = "why", "how", "solve", "difference", "relation"
_PRO, _CON, _USE, _WHEN, _MUCH = "pro", "con", "use", "when", "much"

_PHRASES: dict[str, tuple[str, ...]] = {
    "为什么 为何 为啥 原因 理由 缘故 何以": (_WHY,),
    "怎么样 怎么 怎样 如何 咋 方法 办法 方式 手段 措施 途径": (_HOW,),
    "怎么办 怎么解决 如何解决 怎样解决 怎么处理 如何处理 怎样处理 解决方案 解决方法 解决办法 处理方法": (_HOW, _SOLVE),
    "解决 缓解 应对 避免 防止 预防 减轻 克服": (_SOLVE,),
    "区别 差异 差别 不同点 不同之处 不同 对比 比较 相比于 相比 相较于 相较": (_DIFFERENCE,),
    "关系 联系": (_RELATION,),
    "异同": (_DIFFERENCE, _RELATION),
    "优点 优势 好处 长处": (_PRO,),
    "缺点 劣势 不足之处 不足 局限性 局限 坏处 弊端 短板": (_CON,),
    "优缺点 优劣 利弊 优势和劣势 好处和坏处": (_PRO, _CON),
    "作用 用途 用处 干什么用 做什么用 干什么 做什么 干嘛 有什么用 有啥用": (_USE,),
    "什么时候 啥时候 何时 什么情况下 哪些情况下": (_WHEN,),
    "多少 多大 多长 多久": (_MUCH,),
    "工作原理 底层原理 实现原理 基本原理 原理": ("principle",),
    "工作流程 流程 过程 步骤": ("steps",),
    "特点 特性": ("traits",),
    "应用场景 使用场景 适用场景 适用范围": ("scenes",),
    "是怎样的 是怎么样的 怎样的 什么样 什么是 是什么 是啥 什么叫 叫什么 啥叫 指什么 什么意思 啥意思 什么 啥": (),
    "何为 何谓 定义 含义 概念 意思": (),
    "有哪些 有什么 有啥 有何 有哪几种 有几种 哪几种 哪几个 哪几类 有几类 哪些 哪个 哪种 几种 几个 几类": (),
    "如何理解 怎么理解 怎样理解 如何看待 怎么看待 理解 看法 了解 知道 听说 熟悉": (),
    "能不能 能否 可不可以 可否 可以 是不是 是否 有没有 会不会 要不要 需不需要 吗 呢 吧 啊 呀 嘛": (),
    "麻烦 请问 请你 请 你们 你 您 我们 我 咱们 谈谈你对 说说你对 你对 您对 对于 关于": (),
    "介绍 讲一讲 讲一下 讲讲 讲述 讲 说一说 说一下 说说 说明 谈一谈 谈谈 聊一聊 聊聊 解释 阐述 描述 论述": (),
    "概述 简述 列举 列出 举例说明 举例 举个例子 展开 回答 一下 一些 一个 一种 一般 通常": (),
    "简单 简要 详细 具体 大概 大致 分别 主要 常见 常用 到底 究竟 其中 以及 或者": (),
    "之间 的 了 和 与 跟 及 是 在 都 它们 它 其": (),
}
"""What is asked, in many words, by the one word for it; without one, what says nothing about the matter."""

_OPTIONAL = re.compile(
    "模型|问题|机制|算法|技术|现象|情况|内容|类型|种类|分类|类别|出现|产生|发生|导致|会|时|中|里|需要"
)
"""Words that are said or left out as one likes."""

_ALIKE = str.maketrans({"使": "用", "做": "作", "帐": "账", "象": "像", "哪": "那"})
"""Characters that people write for one another."""
_WRITTEN_FOR = re.compile("[使做帐象哪]")

_MARKS = {word: marks for words, marks in _PHRASES.items() for word in words.split()}
_PHRASE = re.compile(
    "对(?=.{1,20}?(?:的理解|的看法|的认识|的了解|了解多少))|"
    + "|".join(sorted(map(re.escape, _MARKS), key=len, reverse=True))
)
_USING = re.compile("使用|运用|采用|应用|利用")
_NOT = re.compile(r"n['’]t\b")
_PIECE = re.compile(
    r"[a-z0-9][a-z0-9+#.]*|[一二三四五六七八九十百千两][零一二三四五六七八九十百千两]*|[^\W\x00-\x7f_一二三四五六七八九十百千两]+"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_NUMERAL = re.compile("[一二三四五六七八九十百千两]")
_LETTER = re.compile("[a-rt-uw-z0-9]")
"""Of Latin letters all but those of a plural, or of vs."""
_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = (_DIGITS.keys() | _TENS.keys()) - {"零"}
_DIRECTED = re.compile("[比到转换代替给被把由从于向]|\\b(?:than|into|from|over|instead|to)\\b")
_TURNING = frozenset("不非无未没有别上下左右前后内外大小高低强弱正负反单双新旧深浅静动主从先早晚快慢")
"""Characters that turn a matter into another: they are never a small addition."""

_ENGLISH_WORDS = {
    "what whats s is are was were be been do does did the a an of in on for to and or as between you your me us we": "",
    "i it its they them their please can could would will should may might explain describe tell about talk give": "",
    "introduce define definition meaning mean means briefly brief detail details discuss some have has had with by": "",
    "these those there any so if then shall know understand understanding think which who whom main common": "",
    "commonly used basic various different types kinds kind": "",
    "why reason reasons cause causes": _WHY,
    "how way ways method methods": _HOW,
    "when": _WHEN,
    "difference differences differ differs compare comparison compared contrast vs versus": _DIFFERENCE,
    "relation relationship": _RELATION,
    "advantage advantages pro pros benefit benefits strengths": _PRO,
    "disadvantage disadvantages con cons drawback drawbacks weakness weaknesses": _CON,
    "solve avoid prevent mitigate reduce": _SOLVE,
    "purpose": _USE,
}
_ENGLISH = {word: mark for words, mark in _ENGLISH_WORDS.items() for word in words.split()}
"""English words around a matter: what they ask, or nothing."""
_BETWEEN = {"vs": _DIFFERENCE, "versus": _DIFFERENCE}
"""Those of them that are written in Chinese sentences; other Latin words are terms there: ``IN`` and ``EXISTS``."""
_KEPT_S = re.compile(r"(?:ss|us|is|os|https)$")


class Wording(NamedTuple):
    """What a question asks, without how it asks."""

    terms: tuple[str, ...]
    """Latin terms and numbers in their order, each once."""
    asks: frozenset[str]
    """What it wants to know: why, how, the difference…"""
    matter: str
    """The other words, in their order."""
    pieces: tuple[str, ...]
    """Terms and parts of the matter in their order, as far as nothing interrupts them."""
    directed: bool
    """Whether it says something of one towards another, so that their order is part of what it asks."""

    @property
    def line(self) -> str:
        """Terms and matter in their order."""
        return "".join(self.pieces)

    @property
    def weight(self) -> int:
        """How much it says: 0 is nothing by itself."""
        return len(self.matter) + 2 * len(self.terms)

    @property
    def loose(self) -> str:
        """The matter without the words that are said or left out as one likes; all of it when nothing else is."""
        return _OPTIONAL.sub("", self.matter) or self.matter

    @property
    def parts(self) -> tuple[str, ...]:
        """The pieces without the optional words; the pieces themselves when nothing else is left."""
        return tuple(part for piece in self.pieces for part in _OPTIONAL.split(piece) if part) or self.pieces

    @property
    def signature(self) -> tuple[str, frozenset[str], str]:
        """Equal for all wordings that are equal or differ by optional words; also for a few that are not."""
        return "".join(sorted("".join(self.terms))), self.asks, "".join(sorted(self.loose))


def read_wording(text: str) -> Wording:
    """What a question asks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    asks: set[str] = set()

    def leave_out(found: re.Match[str]) -> str:
        asks.update(_MARKS.get(found[0], ()))
        return " "

    line = _NOT.sub(" not", folded)
    directed = _DIRECTED.search(line) is not None
    around = _ENGLISH if line.isascii() else _BETWEEN
    if not line.isascii():
        line = _USING.sub("用", _PHRASE.sub(leave_out, line))
        if _WRITTEN_FOR.search(line):
            line = line.translate(_ALIKE)
    terms: dict[str, None] = {}
    pieces: list[str] = []
    matter: list[str] = []
    for piece in _PIECE.findall(line):
        first = piece[0]
        if first.isascii():
            term = _term(piece, around, asks)
        elif first in _NUMERALS:
            term = str(_number(piece))
        else:
            matter.append(piece)
            pieces.append(piece)
            continue
        if term:
            terms[term] = None
            pieces.append(term)
    if _DIFFERENCE in asks:
        asks.discard(_RELATION)
        directed = directed or bool(asks & {_PRO, _CON, _WHY})
    return Wording(
        terms=tuple(terms),
        asks=frozenset(asks),
        matter="".join(matter),
        pieces=tuple(pieces),
        directed=directed,
    )


def _term(word: str, around: Mapping[str, str], asks: set[str]) -> str:
    """A Latin word as a term, the plural as the singular; nothing when it only asks."""
    word = word.rstrip(".")
    mark = around.get(word)
    if mark is not None:
        if mark:
            asks.add(mark)
        return ""
    plural = len(word) > 3 and word.endswith("s") and word.isalpha() and _KEPT_S.search(word) is None  # noqa: PLR2004 - aws, css
    return word[:-1] if plural else word


def _number(written: str) -> int:
    """A number in Chinese characters: 十二 is 12."""
    total = digit = 0
    for character in written:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit


def likeness(first: Wording, second: Wording) -> float:
    """How sure it is that two wordings ask the same, 0–1; 0 when there is nothing to suggest."""
    if not (first.weight and second.weight) or first.asks != second.asks or not _same_terms(first, second):
        return 0.0
    if first.line == second.line:
        return EQUAL
    if first.signature == second.signature:
        if not _same_order(first, second):
            return 0.0
        return EQUAL if len(first.matter) == len(second.matter) else LOOSE
    return LONGER if _says_more(first, second) or _says_more(second, first) else 0.0


def _same_terms(first: Wording, second: Wording) -> bool:
    """Whether the sets of terms are equal: ``KV Cache`` and ``kv-cache`` are, ``PPO`` and ``SFT`` are not."""
    return set(first.terms) == set(second.terms) or "".join(first.terms) == "".join(second.terms)


def _same_order(first: Wording, second: Wording) -> bool:
    """Whether the order is the same, or says nothing: parts may change places, characters within them may not."""
    if first.loose == second.loose and "".join(first.terms) == "".join(second.terms):
        return True
    if first.directed or second.directed:
        return False
    if first.loose == second.loose or sorted(first.parts) == sorted(second.parts):
        return True
    pairs, others = set(_pairs(first.loose)), set(_pairs(second.loose))
    return 2 * len(pairs & others) >= max(len(pairs), len(others))


def _says_more(longer: Wording, shorter: Wording) -> bool:
    """Whether one is the other, which is long, with a little added that does not turn it into another question."""
    if len(shorter.loose) < LONG or len(longer.loose) <= len(shorter.loose):
        return False
    added = Counter(longer.loose) - Counter(shorter.loose)
    if Counter(shorter.loose) - Counter(longer.loose) or added.total() > MOST_ADDED * len(shorter.loose):
        return False
    rest = iter(longer.loose)
    return not _TURNING.intersection(added) and all(character in rest for character in shorter.loose)


def _pairs(text: str) -> Iterable[str]:
    return map("".join, pairwise(text))


def traits(wording: Wording, key: Callable[[str], str]) -> frozenset[str]:
    """What another wording of the question most likely holds too: pairs of characters, as ``key`` folds them.

    A wording of single characters has these instead.
    """
    folded = [key(part) for part in wording.parts]
    pairs = frozenset(pair for part in folded for pair in _pairs(part))
    return pairs or frozenset(character for part in folded for character in part)


def term_letters(key: str) -> str:
    """The Latin letters and digits of a question's terms, each once: equal for all wordings that are alike."""
    return "".join(sorted(set(_LETTER.findall(key))))


def tells_terms(key: str) -> bool:
    """Whether the Latin letters in a normal form are those of its terms: not in English, nor beside 三 for 3."""
    return _CHINESE.search(key) is not None and _NUMERAL.search(key) is None
