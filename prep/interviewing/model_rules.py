"""What a language model may say as the interviewer. Whatever it replies, these rules decide what is heard of it.

They tell by the words alone, and where they are in doubt they refuse: the question is then asked as it was planned.
"""

import json
import re
import unicodedata
from typing import Any

from prep.interviewing.interviewer import TurnContext
from prep.interviewing.key_points import terms_in
from tracker.text import sanitise

MOST_SAID = 240
"""Characters that a question may be longer than what was planned."""
ALIKE = 88.0
"""Likeness of the letters, 0–100 (rapidfuzz, ratio), from which on a question was asked already."""
KEPT_WORDS, KEPT_PAIRS = 0.6, 0.3
"""Shares of the planned question's Latin words and numbers, and of its pairs of Chinese characters, that must stay."""
MOST_OBJECTS = 40

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?:\*\*)?(?:面试官|提问|问题|追问|Interviewer|Question|Follow-up|Q)(?:\*\*)?\s*[:：](?:\*\*)?\s*",
    re.IGNORECASE,
)
_QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("'", "'"))
_QUESTION_MARK = re.compile(r"[?？]+")
_WIDE = re.compile(r"[\u3400-\u9fff]")

_OFF = {
    "role": re.compile(
        r"作为(?:一个|一名|一位)?\s*(?:AI|人工智能|大?语言模型|大模型|助手)|我(?:只)?是(?:一个|一名|一位)?\s*(?:AI|人工智能|大?语言模型|"
        r"大模型|智能助手)|抱歉|对不起|我(?:无法|不能|没法)|系统提示|提示词"
        r"|\bas an? (?:AI|(?:large )?language model|assistant)\b"
        r"|\bI(?:'|’)?(?:m| am) (?:just )?(?:an? )?(?:AI|(?:large )?language model|assistant|sorry)\b"
        r"|\bI (?:cannot|can(?:'|’)t|am unable)\b|\bsystem prompt\b",
        re.IGNORECASE,
    ),
    "moves_on": re.compile(
        r"下一(?:道|个)?(?:题|问题)|下一轮|换一?(?:道|个)(?:题|问题)|面试(?:就)?(?:到此|到这里)?结束|今天就到这"
        r"|\bnext question\b|\bmove on\b|\binterview is over\b|\bthat concludes\b|\bthat(?:'|’)?s all for\b",
        re.IGNORECASE,
    ),
    "judges": re.compile(
        r"满分|\d+\s*分(?=[，。！!,.、）\s]|\Z)|答得|答对|答错|说得(?:对|好|不)|很好[，。！]|非常好|不错[，。！]"
        r"|恭喜|通过了|录用"
        r"|\bfull marks\b|\bperfect\b|\bexcellent\b|\bwell done\b|\b(?:great|good) (?:answer|job)\b|\b10/10\b"
        r"|\bcongratulations\b|\byou(?:'|’)?re hired\b|\byou passed\b",
        re.IGNORECASE,
    ),
    "answers": re.compile(
        r"答案(?:是|为|就是|[:：])|参考答案|正确(?:的)?回答|提示(?:一下|[:：])|要点(?:是|有|包括|[:：])"
        r"|\bthe answer (?:is|would be)\b|\bhint\s*:|\bfor example, you (?:could|might) say\b",
        re.IGNORECASE,
    ),
}
_ASKS = re.compile(
    r"[?？]|请|说说|讲讲|谈谈|介绍|解释|举|展开|为什么|怎么|如何|什么|哪|吗"
    r"|^\s*(?:please|explain|describe|walk|tell|give|how|why|what|which|when|where|can|could|would|show|write|implement)\b",
    re.IGNORECASE,
)
_MARKS_GIVEN = re.compile(
    r"满分|打分|得分|评分|\d+\s*分(?=[，。！!,.、）\s]|\Z)|\d+\s*/\s*(?:5|10|100)\b|录用|通过面试|面试通过|录取"
    r"|\bfull marks\b|\bscore\b|\bhire[ds]?\b|\bpass(?:es|ed)? the interview\b|\boffer you\b",
    re.IGNORECASE,
)


def clean_utterance(reply: str) -> str:
    """What is said in a reply: without its thinking, a label before it, quotes around it."""
    text = sanitise(_THINKING.sub("", reply))[0].strip()
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    text = text.strip().strip("*").strip()
    for opening, closing in _QUOTES:
        if len(text) > 1 and text.startswith(opening) and text.endswith(closing) and text.count(opening) <= 2:  # noqa: PLR2004 - a pair
            text = text[1:-1].strip()
    return " ".join(text.split())


def breach(text: str, context: TurnContext, *, is_whole: bool = True) -> str:
    """Which rule a question breaks: empty, long, several, role, moves_on, judges, answers, form, language; or none.

    Args:
        text: What would be said.
        context: The turn. What the planned question says itself breaks no rule.
        is_whole: Whether more may come.
    """
    planned = context.question
    broken = "long" if len(text) > len(planned) + MOST_SAID else ""
    if len(_QUESTION_MARK.findall(text)) > max(1, len(_QUESTION_MARK.findall(planned))):
        broken = broken or "several"
    for name, pattern in _OFF.items():
        if any(match[0].casefold() not in planned.casefold() for match in pattern.finditer(text)):
            broken = broken or name
    if is_whole and not broken:
        return _breach_of_form(text, context)
    return broken


def _breach_of_form(text: str, context: TurnContext) -> str:
    if not text.strip():
        return "empty"
    if "```" in text or text.startswith(("{", "[", "|", "#")):
        return "form"
    return "" if _fits_language(text, context) else "language"


def _fits_language(text: str, context: TurnContext) -> bool:
    wide = len(_WIDE.findall(text))
    if context.language == "en":
        return wide * 5 < len(text) or bool(_WIDE.search(context.question))
    return wide > 0 or not _WIDE.search(context.question)


def keeps_question(text: str, context: TurnContext) -> bool:
    """Whether a wording still asks what was planned: it keeps its terms and numbers, and some of its other words."""
    planned, said = terms_in(context.question), terms_in(text)
    words = {term for term in planned if not _WIDE.search(term)}
    pairs = planned - words
    if words and len(words & said) < KEPT_WORDS * len(words):
        return False
    is_translated = not _WIDE.search(text)
    return not pairs or is_translated or len(pairs & said) >= KEPT_PAIRS * len(pairs)


def is_new_question(text: str, context: TurnContext) -> bool:
    """Whether a follow-up asks something, and nothing that was asked before."""
    from rapidfuzz.fuzz import ratio

    if not _ASKS.search(text):
        return False
    asked = [context.question, *(one.asked for one in context.earlier)]
    return all(ratio(_folded(text), _folded(one)) < ALIKE for one in asked)


def _folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def gives_marks(text: str) -> bool:
    """Whether a suggestion gives marks or says how the interview ended: neither is a model's to say."""
    return bool(_MARKS_GIVEN.search(text) or _OFF["role"].search(text))


def read_object(reply: str) -> dict[str, Any] | None:
    """The JSON object in a reply, whatever stands around it; ``None`` when there is none."""
    text = _THINKING.sub("", reply)
    decoder, at = json.JSONDecoder(), text.find("{")
    for _attempt in range(MOST_OBJECTS):
        if at < 0:
            return None
        try:
            found, _end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        return found if isinstance(found, dict) else None
    return None
