"""What the words of a title say: is it a question, and how important is it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

LONGEST_TITLE = 2000
"""Characters. Beyond this a line is not looked into for emphasis: nobody writes such a title."""
KEPT_TITLES = 16_384
"""How many titles are remembered with what their words say. One recogniser after the other asks it of all titles of a
document, so fewer than those would help none of them; ``forget_titles`` gives the memory back."""

_TAGS = re.compile(
    r"</?(?:u|b|i|em|strong|mark|font|span|ins|details|summary)"
    # Attributes have values, or ``a<b 和 x>0`` would hold a tag.
    r"(?:\s+(?:[a-z][a-z:_-]{0,30}\s?=\s?(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}'|[^\s\"'<>]{1,200})"
    r"|open)){0,8}\s{0,4}/?>",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"<(?:u|ins)>", re.IGNORECASE)
_STARS = re.compile("[⭐★🌟]\ufe0f?")
_UNLIT_STARS = re.compile("☆+")
_MARKS = re.compile(
    r"[【\[(（]\s*(?:超?高频|重点|必考|常考|重要|必背|必问|常问|核心|must[- ]know|important|hot)\s*(?:题"
    r"|考点)?\s*[】\])）]"
    r"|^\s*(?:\*\*)?(?:超?高频|重点|必考|常考|必背|必问|常问)(?:题|考点)?\s*[:：]|\s#?(?:超?高频|重点|必考"
    r"|常考|必背|必问)\s*$"
    r"|[🔥📌💯🚩❣]+\ufe0f?|[❗❕⚠]\ufe0f?|‼\ufe0f?",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?<=\S)(?:\s*(?:[🟢🟡🔴🟠🔵🟣⚪⚫✅❎❌☑✔✖⏳]\ufe0f?|[(（\[【](?:easy|medium|med|hard|简单|中等"
    r"|困难)[)）\]】]))+\s*$",
    re.IGNORECASE,
)
"""How hard a task is, or how far one has come with it, behind its title."""
_STATE_BEFORE = re.compile(r"(?:[🟢🟡🔴🟠🔵🟣⚪⚫🟩🟨🟥🟧🟦✅❎❌☑✔✖⏳]\ufe0f?\s*)+(?=\S)")
_BEGINS_STATE = frozenset("🟢🟡🔴🟠🔵🟣⚪⚫🟩🟨🟥🟧🟦✅❎❌☑✔✖⏳")
_ENDS_STATE = frozenset("🟢🟡🔴🟠🔵🟣⚪⚫🟩🟨🟥🟧🟦✅❎❌☑✔✖⏳\ufe0f)）]】")
_ADORNED = re.compile("[⭐★🌟☆【\\[(（🔥📌💯🚩❣❗❕⚠‼频重必常]")
_COUNT = re.compile(
    r"[(（【\[]\s*[^\d()（）【】\[\]]{0,6}(?P<times>\d{1,3})\s*\+?\s*(?:次|回|遍"
    r"|times?)[^()（）【】\[\]]{0,4}[)）】\]]\s*$"
    r"|[(（【\[]\s*[x×X✕]\s*(?P<bracketed>\d{1,3})\s*[)）】\]]\s*$"
    r"|(?<=[\s?？])[x×X✕]\s?(?P<bare>\d{1,3})\s*$",
    re.IGNORECASE,
)
_SEVERAL, _MANY = 2, 5
"""From how many times asked on a question is one more important, and two more."""
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]{1,400}?)(?<=\S)\*\*(?!\w*\*)")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=]{1,400}?)(?<=\S)==")
_LINKED = re.compile(
    r"(?<!!)\[([^\[\]\n]{2,1000})\]\((?:<[^<>\n]{0,1000}>|(?:https?://|[./#]|[^()\s]{1,200}[./#])[^()\s]{0,1000})"
    r"(?:\s+\"[^\"\n]{0,200}\")?\)"
)
_WHOLLY_EMPHASISED = re.compile(r"(__|\*|_)(?=\S)((?:(?!\1).){2,400})(?<=\S)\1")
_LONGER_THAN_MARKS = 16
"""Characters: of a longer title some words are left when its marks are gone."""
_LONGEST_COUNT = 60
_LONGEST_ABOUT = 40
_ENDS_COUNT = frozenset("）)】]0123456789")
_SPACES = re.compile(r"\s+")
_UNWRITTEN = frozenset({"待补充", "待定", "待续", "todo", "tbd", "xxx", "略"})
_ENTITIES = re.compile(r"&(?:nbsp|ensp|emsp|lt|gt|amp|quot|apos|ldquo|rdquo|hellip|[mn]dash|times|#39|#160|#x27);")
_OF_PROGRAMS = re.compile(r"[&\\#^]|\[\[")
_WIKI = re.compile(
    r"(?<![A-Za-z0-9_)\]])!?\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|#^\n]{1,200})(?:[#^][^\[\]\n]{0,200})?\]\]"
)
_ESCAPED = re.compile(r"(\$[^$\n]{1,1000}\$|`[^`\n]{1,1000}`)|\\([!-/:-@\[-`{-~])")
"""A mark that a program kept from being read as Markdown, outside of formulas and code."""
_LABELS_BEHIND = re.compile(
    r"(?<=\S)(?:\s+#(?!\d|(?:define|include|pragma|ifn?def|endif|elif|import"
    r"|undef)\b)[^\s#,，。;；:：?？!！()（）\[\]]{1,40}"
    r"|\s*\[\^[^\[\]\s]{1,20}\]|\s+\^[\w-]{1,40})+\s*$"
)
"""Tags, marks of footnotes and names of blocks behind a title."""
_IMAGES = re.compile(r"\s*(?:(?:!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|<img\s[^<>\n]{0,2000}>)\s*)+")

_ASKS = re.compile(
    r"什么|如何|怎么|怎样|为何|为啥|为什么|哪些|哪个|哪种|哪几|几种|几个|多少|是否|能否|可否|能不能|会不会"
    r"|有没有|是不是|啥"
    r"|(?:讲|说|介绍|解释|写|算|推导?|画)(?:一下|一遍|下)$|吗$|呢$|区别$|异同$|优缺点$|对比$|_{3,}"
    r"|[(（]\s{0,8}[)）]$|(?:下列|以下|下面|下述)[^。]{0,60}(?:的是|的有|是|有|包括)$"
    r"|设计(?:一[个款套种下]|下|个)"
    r"|^(?=\S\S\S|\S+\s)(?:请|谈|说|讲|聊(?!天)|介绍|简述|简单|解释|描述|阐述|列举|比较|对比|分析|举例|了解|口述|手写"
    r"|手撕|实现|写"
    r"|用\w{0,12}实现)"
)
_ASKS_ENGLISH = re.compile(
    r"^(?:what|why|how|when|where|which|who|is|are|do|does|did|can|could|would|should|have|has|"
    r"explain|describe|compare|tell|walk|give|list|implement|write|design|define|discuss)\b",
    re.IGNORECASE,
)
_TELLS_HOW = re.compile(
    r"^(?:how|why|what|when|where)\s+(?:i|we|it|this|they|things)\s|^我(?:们)?(?:为什么|为何|为啥|是?怎么|是?如何|是?怎样)",
    re.IGNORECASE,
)
"""How a clause begins that tells how or why: ``How it works``, 我为什么离开. Only a question mark makes it ask."""
_FIRST_OF_TELLING = frozenset("hHwW我")
_FIRST_CHINESE = "\u2e80"
"""What begins with this character or one behind it begins with no English word."""
_ABOUT_THE_DOCUMENT = re.compile(
    r"(?:目\s*录|前言|序言?|引言|导读|导言|说明|使用说明|约定|图例|参考(?:资料|文献|链接)?|(?:推荐|参考|延伸|扩展|拓展|学习|补充|必读|相关|优质|其他|经典)的?(?:阅读|资料|资源|书目?|书籍|书单|文章|论文|课程|链接"
    r"|博客|视频|网站|材料|教程|文献)(?:推荐|列表|汇总)?|(?:书籍|论文|资料|资源|课程|博客|文章)(?:推荐|列表|清单)|书单|友情链接|推荐"
    r"|相关(?:链接|资料)|总结|小结|结语|后记|写在.{0,4}"
    r"|更新(?:日志|记录)?|版权(?:声明)?|许可(?:证|协议)?|关于(?:我|作者|本.{0,6})?|联系(?:我|方式|作者)?"
    r"|交流群?|致谢|贡献.{0,6}|待办|计划|公众号|赞助|打赏"
    r"|(?:table of )?contents?|toc|preface|introduction|overview|about(?: me| this.{0,20})?|references?"
    r"|(?:(?:further|recommended|suggested|additional|other|useful|good|extra|external|more|my favou?rite|learning"
    r"|related) )?(?:reading(?: list)?|resources?|links?|books?|papers?|articles?|references|blogs?|videos?|courses?"
    r"|materials?)"
    r"(?: and (?:resources|links|books|papers|articles|blogs|videos|courses))?"
    r"|see also|bibliography|credits?|disclaimer|star history|authors?|thanks|faq about this .{1,20}|stargazers"
    r"|licen[cs]e|contribut(?:ing|ors?|ions?)|acknowledge?ments?|summary|conclusion|features?|getting started"
    r"|quick start|安装(?:说明|步骤)?|快速开始|环境(?:要求|准备|搭建)|changelog|installation"
    r"|usage|legend|to-?do|support|sponsors?)"
    r"\s*[:：]?$",
    re.IGNORECASE,
)
_NAMES_A_SUBJECT = re.compile(
    r"(?:原理|流程|过程|机制|实现|作用|场景|特点|特性|步骤|方法|优化|理解|定义|概念|策略|方案|种类|类型|分类"
    r"|模型|生命周期|数据结构)$"
    r"|(?<![a-z])(?:vs\.?|difference|versus|trade-?offs?)(?![a-z])",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(?:^|[，,、：:\s])(?:请(?!求)|麻烦|能否|可否|可以(?:请|先)|谈谈|谈一下|说说|说下|说一下|讲讲|讲下"
    r"|讲一下|聊聊|聊一下|介绍|描述|解释"
    r"|(?:那|来|再|先|你|就)*(?:写|手写|手撕|实现|画|推导?|算|设计|举)(?:一[下个道段]|[下个道段])"
    r"|(?:can|could|would) you|please|tell me|describe|explain|walk me|talk about|let's talk|give me)",
    re.IGNORECASE,
)
_REVERSE_ASKS = re.compile(
    r"什么|啥|吗|多大|多少|多久|多长|几个|几轮|几天|哪|如何|怎么|怎样|是否|谁|为何|能否|可否|有没有|是不是"
    r"|会不会|能不能|[?？]"
)


@lru_cache(maxsize=KEPT_TITLES)
def clean_title(text: str) -> str:
    """The words of a title: no tags, stars, marks of importance or emphasis; white space folded, ends trimmed."""
    if len(text) > LONGEST_TITLE:
        return text.strip()
    plain = (_TAGS.sub("", text) if "<" in text else text).strip()
    if plain[:1] in _BEGINS_STATE:
        plain = _STATE_BEFORE.sub("", plain, count=1)
    if plain[-1:] in _ENDS_COUNT:
        plain = _COUNT.sub("", plain)
    if _ADORNED.search(plain):
        plain = _UNLIT_STARS.sub("", _STARS.sub("", _MARKS.sub("", plain)))
    if "**" in plain:
        plain = _BOLD.sub(r"\1", plain)
    if "==" in plain:
        plain = _HIGHLIGHT.sub(r"\1", plain)
    plain = " ".join(plain.split())
    if plain[-1:] in _ENDS_STATE or _OF_PROGRAMS.search(plain):
        plain = _without_marks_of_programs(plain)
    if "](" in plain:
        plain = _LINKED.sub(r"\1", plain)
    whole = _WHOLLY_EMPHASISED.fullmatch(plain) if plain[:1] in {"*", "_"} else None
    return whole[2] if whole and (" " in plain or plain.isascii() is False) else plain


def _without_marks_of_programs(title: str) -> str:
    """A title without what note programs write: escapes, entities, tags, footnotes, links by name, states of a task."""
    plain = _STATE.sub("", title)
    if "&" in plain:
        plain = _SPACES.sub(" ", _ENTITIES.sub(lambda entity: unescape(entity[0]), plain)).strip()
    if "[[" in plain:
        plain = _WIKI.sub(r"\1", plain)
    if "\\" in plain:
        plain = _ESCAPED.sub(r"\1\2", plain)
    return _LABELS_BEHIND.sub("", plain) if "#" in plain or "^" in plain else plain


def is_underlined(text: str) -> bool:
    """Whether the title, or a part of it, is underlined."""
    return "<" in text and _UNDERLINE.search(text) is not None


def holds_any(text: str, words: Sequence[str]) -> bool:
    """Whether a text holds one of several words: a quick no where a pattern of many wordings is searched for."""
    for word in words:  # noqa: SIM110 - a generator takes longer than the words
        if word in text:
            return True
    return False


def has_stars(text: str) -> bool:
    """Whether the title carries a star; to look for each of the three is several times as fast as to search for any."""
    return "★" in text or "⭐" in text or "🌟" in text


def stars(text: str) -> int:
    """How many stars the title carries."""
    return len(_STARS.findall(text)) if has_stars(text) else 0


def importance(text: str) -> int:
    """0 normal; 1 more for an underline, for each star, for a mark such as 【重点】, and for being asked often."""
    marked = int(is_underlined(text))
    if _ADORNED.search(text) is not None:
        marked += stars(text) + int(_MARKS.search(text) is not None)
    return marked + importance_of_count(appearances(text))


def appearances(text: str) -> int:
    """How many times a title says it was asked: ``（3次）``, ``x3``; 0 when it says nothing."""
    if text.rstrip()[-1:] not in _ENDS_COUNT:
        return 0
    match = _COUNT.search(text[-_LONGEST_COUNT:])
    return int(match[match.lastgroup]) if match and match.lastgroup else 0


def importance_of_count(times: int) -> int:
    """How much more important a question is for having been asked so many times: 0, 1 or 2."""
    return int(times >= _SEVERAL) + int(times >= _MANY)


def is_placeholder(text: str) -> bool:
    """Whether a title says nothing yet: empty, ``？``, ``、``, ``/``, 待补充."""
    if len(text) > _LONGER_THAN_MARKS and text[0].isalnum():
        return False
    return _is_only_marks(text)


@lru_cache(maxsize=KEPT_TITLES)
def _is_only_marks(text: str) -> bool:
    plain = clean_title(text)
    says = plain[:1].isalnum() or any(character.isalnum() for character in plain)
    return not says or plain.casefold() in _UNWRITTEN


def asks(text: str) -> bool:
    """Whether a title reads as a question, or was marked as one to learn."""
    if len(text) > LONGEST_TITLE:
        return False
    return text.endswith(("?", "？")) or _asks_by_words(text)


@lru_cache(maxsize=KEPT_TITLES)
def _asks_by_words(text: str) -> bool:
    """Whether a title reads as a question without the mark of one at its end."""
    plain = clean_title(text)
    if plain.endswith(("?", "？")) or has_stars(text) or is_underlined(text):
        return True
    if plain[:1] < _FIRST_CHINESE and _ASKS_ENGLISH.match(plain) is not None:
        return _TELLS_HOW.match(plain) is None
    tells_how = plain[:1] in _FIRST_OF_TELLING and _TELLS_HOW.match(plain) is not None
    return not tells_how and _ASKS.search(plain.rstrip("。.!！；;：:")) is not None


def may_ask(text: str) -> bool:
    """Whether a title asks, or names what one would be asked about (扩容机制, A vs B)."""
    return asks(text) or _NAMES_A_SUBJECT.search(clean_title(text)[-200:]) is not None


def ends_asking(text: str) -> bool:
    """Whether a title ends in a question mark."""
    if text.endswith(("?", "？")):
        return True
    # Cleaning takes away and puts nothing in: most lines hold no question mark at all.
    held = "?" in text or "？" in text
    return held and clean_title(text).rstrip('*_”"’』」）)】] ').endswith(("?", "？"))


def forget_titles() -> None:
    """Forget what the words of titles say: no other document holds the same ones."""
    for remembered in (clean_title, _asks_by_words, _is_only_marks, speaks_of_the_document):
        remembered.cache_clear()


@lru_cache(maxsize=KEPT_TITLES)
def speaks_of_the_document(title: str) -> bool:
    """Whether a heading opens what holds no questions: contents, preface, references, licence."""
    return len(title) <= _LONGEST_ABOUT and _ABOUT_THE_DOCUMENT.match(title) is not None


def requests(sentence: str) -> bool:
    """Whether a spoken sentence asks for something: it ends in a question mark, or says 请 or tell me."""
    plain = sentence.strip().rstrip('*_”"’』」）) ')
    return plain.endswith(("?", "？")) or (len(plain) <= LONGEST_TITLE and _REQUEST.search(plain) is not None)


def asks_back(text: str) -> bool:
    """Whether a phrase is something a candidate asks the interviewer."""
    return _REVERSE_ASKS.search(text) is not None


def is_image(text: str) -> bool:
    """Whether a line is nothing but images."""
    return _IMAGES.fullmatch(text) is not None
