"""Names that may mean one company, found without comparing each with each. What is found is only ever suggested."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.imports.aliases import fold_homophones
from tracker.known_companies import KnownCompany, find_known
from tracker.text import name_key

_PLACES = (
    "北京|上海|深圳|广州|杭州|南京|苏州|成都|重庆|武汉|西安|长沙|天津|合肥|厦门|青岛|济南|大连|宁波|无锡|郑州|福州|沈阳|"
    "东莞|佛山|珠海|昆明|长春|哈尔滨|南昌|石家庄|太原|南宁|贵阳|海口|兰州|香港|浙江|江苏|广东|湖北|湖南|四川|山东|福建|"
    "安徽|河南|河北|陕西|中国"
)
"""Places that people and registers write before or behind a company's name."""
_FORMS = (
    "(?:有限责任|股份有限|集团有限|有限|股份|集团|分|子)?公司|集团|股份|总部|研究院|研究所|研发中心|"
    "(?:信息|网络|数字|智能)?(?:科技|技术)|网络|信息|软件|智能|校招|秋招|春招|实习"
)
"""What stands behind a name without being a part of what people call the company."""
_PLACE = re.compile(f"^(?:{_PLACES})")
_ENDING = re.compile(f"(?:{_FORMS}|{_PLACES})$")
_LATIN_FORMS = re.compile(r"[\s,.]+(?:inc|ltd|llc|co|corp|corporation|company|group|technologies|technology|china)\.?$")
_BRACKET = re.compile(r"\s*[(\[【][^()\[\]【】]*[)\]】]\s*")
_NO_LETTER = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

_SHORTEST, _SHORTEST_LATIN, _SHORTEST_INITIALS, _SHORTEST_WORD = 2, 3, 3, 5
_LONGEST = 24
"""Characters of a name that are looked at: the parts of a longer one are too many, and it is none."""
_LONG_WORD = 8
"""Letters from which a Latin name may differ by two."""


class Likeness(StrEnum):
    """Why two names may mean one company."""

    KNOWN = "known"
    PINYIN = "pinyin"
    INITIALS = "initials"
    SOUND = "sound"
    FORM = "form"
    PART = "part"
    LETTERS = "letters"


CONFIDENCE = {
    Likeness.KNOWN: 0.95,
    Likeness.PINYIN: 0.9,
    Likeness.SOUND: 0.85,
    Likeness.FORM: 0.8,
    Likeness.PART: 0.7,
    Likeness.LETTERS: 0.65,
    Likeness.INITIALS: 0.6,
}
"""How often each is right, about; 0–1."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one company."""

    company_id: int
    text: str
    key: str
    pinyin: str = ""
    """Its readings and initials, as stored with it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two names of two companies, and why they may be one."""

    first: Name
    second: Name
    likeness: Likeness


def find_alike(names: Iterable[Name]) -> tuple[Alike, ...]:
    """All pairs of companies of which a name of the one is like a name of the other, each with the best reason.

    Two companies that are known to be different, such as 京东 and 京东方, are never a pair.
    """
    listed = [name for name in names if name.key]
    known = _known(listed)
    best: dict[tuple[int, int], Alike] = {}
    for alike in _all_alike(listed):
        ids = (alike.first.company_id, alike.second.company_id)
        pair = (min(ids), max(ids))
        if ids[0] == ids[1] or _are_different(known.get(ids[0]), known.get(ids[1])):
            continue
        before = best.get(pair)
        if before is None or CONFIDENCE[alike.likeness] > CONFIDENCE[before.likeness]:
            best[pair] = alike
    return tuple(best[pair] for pair in sorted(best))


def _known(names: Iterable[Name]) -> dict[int, set[KnownCompany]]:
    found: dict[int, set[KnownCompany]] = {}
    for name in names:
        company = find_known(name.text)
        if company is not None:
            found.setdefault(name.company_id, set()).add(company)
    return found


def _are_different(first: set[KnownCompany] | None, second: set[KnownCompany] | None) -> bool:
    return bool(first and second and not first & second)


def _all_alike(names: list[Name]) -> Iterator[Alike]:
    yield from _equal(((find_known(name.text), name) for name in names), Likeness.KNOWN)
    yield from _equal(((_sound(name), name) for name in names), Likeness.SOUND)
    yield from _equal(((_folded(name), name) for name in names), Likeness.SOUND)
    yield from _equal(((_core(name.key), name) for name in names), Likeness.FORM)
    yield from _equal(((_letters(name.key), name) for name in names), Likeness.LETTERS)
    yield from _spelled(names)
    yield from _parts(names)
    yield from _mistyped(names)


def _equal(keyed: Iterable[tuple[object, Name]], likeness: Likeness) -> Iterator[Alike]:
    """The names with equal keys; empty keys are like nothing."""
    groups: dict[object, list[Name]] = {}
    for key, name in keyed:
        if key:
            groups.setdefault(key, []).append(name)
    for group in groups.values():
        for index, name in enumerate(group):
            for other in group[index + 1 :]:
                yield Alike(name, other, likeness)


def _chinese_length(key: str) -> int:
    return len(_CHINESE.findall(key))


def _sound(name: Name) -> str:
    """The usual reading of a Chinese name: a wrong character of the same sound is seen by it (科大迅飞)."""
    return name.pinyin.split(" ")[0] if _chinese_length(name.key) >= _SHORTEST else ""


def _folded(name: Name) -> str:
    """The name with characters that people take for one another made one (饿了吗, 饿了么)."""
    return fold_homophones(name.key) if _chinese_length(name.key) >= _SHORTEST else ""


def _core(key: str) -> str:
    """The name without brackets, places and forms around it (杭州海康威视有限公司 → 海康威视); only to suggest."""
    core = _LATIN_FORMS.sub("", _BRACKET.sub("", key) or key).strip()
    place = _PLACE.match(core)
    # What is left behind a place may be the name of a kind: 上海银行 and 北京银行 are two.
    if place is not None and len(core) - place.end() > _SHORTEST + 1:
        core = core[place.end() :].strip()
    while (ending := _ENDING.search(core)) is not None:
        rest = core[: ending.start()].strip()
        if not _is_long_enough(rest) or _PLACE.fullmatch(rest):
            break
        core = rest
    return core if _is_long_enough(core) else ""


def _is_long_enough(key: str) -> bool:
    return len(key) >= (_SHORTEST_LATIN if key.isascii() else _SHORTEST)


def _letters(key: str) -> str:
    """A Latin name without spaces and signs: Byte Dance, byte-dance."""
    letters = _NO_LETTER.sub("", key)
    return letters if letters.isascii() and len(letters) >= _SHORTEST_WORD else ""


def _spelled(names: list[Name]) -> Iterator[Alike]:
    """Chinese names and their pinyin or initials as names of their own: 快手 and Kuaishou, 拼多多 and PDD."""
    latin: dict[str, list[Name]] = {}
    for name in names:
        if name.key.isascii():
            latin.setdefault(_NO_LETTER.sub("", name.key), []).append(name)
    for name in names:
        length = _chinese_length(name.key)
        for form in name.pinyin.split():
            is_spelled = len(form) > max(length, _SHORTEST_INITIALS)
            if is_spelled or length >= _SHORTEST_INITIALS:
                for other in latin.get(form, ()):
                    yield Alike(other, name, Likeness.PINYIN if is_spelled else Likeness.INITIALS)


def _parts(names: list[Name]) -> Iterator[Alike]:
    """Names that are a part of another: 海康 and 海康威视. A Latin one counts as a word of its own, 科技 never."""
    by_key: dict[str, list[Name]] = {}
    for name in names:
        if _is_long_enough(name.key) and not _ENDING.fullmatch(name.key):
            by_key.setdefault(name.key, []).append(name)
    for name in names:
        key = name.key[:_LONGEST]
        for begin in range(len(key) - 1):
            for end in range(begin + _SHORTEST, len(key) + 1):
                found = by_key.get(key[begin:end])
                if found and end - begin < len(key) and _is_word(key, begin, end):
                    for other in found:
                        yield Alike(other, name, Likeness.PART)


def _is_word(key: str, begin: int, end: int) -> bool:
    """Whether a part of a name does not cut a Latin word: ``uc`` is no part of ``lucky``."""

    def joined(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    return not (begin and joined(key[begin - 1], key[begin])) and not (
        end < len(key) and joined(key[end - 1], key[end])
    )


def _mistyped(names: list[Name]) -> Iterator[Alike]:
    """Chinese names with a character less inside (中移动, 中国移动), and Latin ones with a letter or two wrong."""
    yield from _one_more(names)
    words: dict[str, list[tuple[str, Name]]] = {}
    for name in names:
        letters = _letters(name.key)
        for end in {letters[:2], letters[-2:]} if letters else ():
            words.setdefault(end, []).append((letters, name))
    for group in words.values():
        yield from _close_words(group)


def _one_more(names: list[Name]) -> Iterator[Alike]:
    by_key: dict[str, list[Name]] = {}
    for name in names:
        if not name.key.isascii() and len(name.key) > _SHORTEST:
            by_key.setdefault(name.key, []).append(name)
    for name in names:
        if name.key.isascii() or len(name.key) > _LONGEST:
            continue
        for at in range(1, len(name.key) - 1):
            for other in by_key.get(name.key[:at] + name.key[at + 1 :], ()):
                yield Alike(other, name, Likeness.LETTERS)


def _close_words(group: list[tuple[str, Name]]) -> Iterator[Alike]:
    from rapidfuzz.distance import OSA

    for index, (letters, name) in enumerate(group):
        most = 1 if len(letters) < _LONG_WORD else 2
        for other_letters, other in group[index + 1 :]:
            is_word = letters != other_letters and _digits(letters) == _digits(other_letters)
            if is_word and OSA.distance(letters, other_letters, score_cutoff=most) <= most:
                yield Alike(name, other, Likeness.LETTERS)


def _digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))


def as_name(company_id: int, text: str, pinyin: str) -> Name:
    """A name as it is stored."""
    return Name(company_id, text, name_key(text), pinyin)
