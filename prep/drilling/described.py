"""Which questions a description of a position (JD) names: by a word of their text, or by their topic.

Latin words count as whole ones. Chinese has no spaces: a description is cut at its punctuation and at the words that
every description has, and what remains, such as 分布式训练, is looked for as it stands. A word that stands in very
many questions of the bank tells nothing.
"""

import re
import string
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from prep.search_terms import fold

TELLING = 0.05
"""The largest share of the bank in which a word still tells something."""
FEWEST = 3
"""Questions in which it may stand in the smallest bank."""
MOST_TERMS = 120
"""Terms of a description that are looked for; real ones have 20–80."""
LONGEST = 12
"""Characters of a Chinese term; longer runs are sentences."""

_LATIN = re.compile(r"[a-z][a-z0-9]*(?:[.\-_/][a-z0-9]+)*[+#]*")
_CHINESE = re.compile(r"[㐀-鿿]+")
_WITHIN_WORDS = frozenset(string.ascii_letters + string.digits + "_")
_AFTER_PART = _WITHIN_WORDS | {"+", "#"}
"""Behind a Latin term these make it a part of another."""
_USUAL = re.compile(
    "岗位|职责|职位|描述|要求|任职|资格|负责|参与|熟悉|掌握|了解|精通|熟练|使用|具备|具有|拥有|能够|优先|相关|以及|或者"
    "|经验|能力|良好|较强|扎实|优秀|基础|知识|专业|本科|硕士|博士|学历|以上|至少|一种|一项|常用|主流|等等|包括|但不限于"
    "|工作|团队|合作|协作|沟通|学习|责任心|热情|兴趣|业务|公司|产品|项目|开发|设计|实现|研究|优化|落地|推动|完成|进行"
    "|的|和|与|或|及|等|有|对|在|者|并|为|从|中|年|可"
)
_EVERYDAY = re.compile(
    r"an?|and|any|are|as|at|be|by|can|do|for|from|ha[sv]e?|in|is|its?|of|on|or|ours?|the|their|this|to|we|what|when"
    r"|where|which|who|why|will|with|yours?|you|how|not|all|about|also|able|work(?:ing)?|teams?|experience|years?"
    r"|strong|good|skills?|knowledge|ability|understanding|including|plus|etc|us(?:e|ed|ing)|such|into|other|more"
    r"|requirements|responsibilities|preferred|degree|bachelor|master|phd|related|fields?|jobs?|roles?"
)


def terms_of(description: str) -> tuple[str, ...]:
    """What a description names, folded, each once, in its order."""
    folded = fold(description)
    found: dict[str, None] = {}
    for part in re.split(r"[^\w+#.\-/㐀-鿿]+", folded):
        for word in _LATIN.findall(part):
            if not _EVERYDAY.fullmatch(word) and (len(word) > 1 or word[-1] in "+#"):
                found[word] = None
        for run in _CHINESE.findall(part):
            for term in _USUAL.split(run):
                if 2 <= len(term) <= LONGEST:  # noqa: PLR2004 - one character tells nothing
                    found[term] = None
    return tuple(found)[:MOST_TERMS]


def named_in(description: str, texts: Sequence[str]) -> Mapping[int, str]:
    """The places of those texts that a description names, each with the word that shows it; 20,000 take 15 ms."""
    if not texts:
        return {}
    separator = "\x1e"  # no text holds it: what people write is cleaned of it
    joined = separator.join(texts).casefold()  # full-width letters, which no one writes, are not worth the time
    starts = list(accumulate(map((1).__add__, map(len, joined.split(separator))), initial=0))
    joined += separator  # what stands at the end has something behind it, as what stands first has before it
    most = max(FEWEST, int(len(texts) * TELLING))
    found: dict[int, str] = {}
    for term in terms_of(description):
        places = _places(term, joined, starts, most)
        if len(places) <= most:
            for place in places:
                found.setdefault(place, term)
    return found


def _places(term: str, joined: str, starts: Sequence[int], most: int) -> set[int]:
    """In which texts a term stands; no more than one beyond ``most``."""
    is_word = term[0].isascii()
    length = len(term)
    places: set[int] = set()
    at = joined.find(term)
    while at >= 0 and len(places) <= most:
        # Before the first text stands what closes the last one.
        if is_word and (joined[at - 1] in _WITHIN_WORDS or joined[at + length] in _AFTER_PART):
            at = joined.find(term, at + 1)
        else:
            following = bisect_right(starts, at)
            places.add(following - 1)
            at = joined.find(term, starts[following])
    return places
