"""The instructions that a language model gets, from ``data/prompts``, and the material that goes with them.

Instructions are one message, what people wrote is another: one JSON document. However a note or an answer is written,
it cannot end its own string.
"""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from prep.interviewing.interviewer import LANGUAGES, TurnContext
from prep.interviewing.model_client import ChatMessage
from tracker.resources import resource
from tracker.text import sanitise

SENT_PARTS = ("technical", "project", "hr")
"""Parts whose questions a model words, asks on from and gives feedback on; nothing of the others is ever sent."""
MOST_EARLIER = 3
"""Turns before this one that are sent."""
LONGEST_EARLIER = 500
"""Characters of each earlier answer that are sent."""
LONGEST_QUESTION = 2_000
LONGEST_SENT_ANSWER = 8_000


@dataclass(frozen=True, slots=True)
class Prompts:
    """The instructions of one version."""

    id: str
    version: int
    texts: dict[str, dict[str, str]]
    """By what is asked for (put, follow_up, feedback, suggest), then by language."""

    def instruction(self, act: str, language: str) -> str:
        """What the model is told; Chinese where the language is unknown."""
        return self.texts[act][language if language in LANGUAGES else "zh"].strip()


@cache
def load_prompts() -> Prompts:
    """The instructions that ship with the program."""
    with resource("data", "prompts", "interviewer.toml").open("rb") as file:
        found = tomllib.load(file)
    texts = {name: value for name, value in found.items() if isinstance(value, dict)}
    return Prompts(str(found["id"]), int(found["version"]), texts)


def compose(
    act: str,
    context: TurnContext,
    *,
    answer: str = "",
    points: Sequence[str] = (),
) -> tuple[ChatMessage, ...]:
    """The messages of one request: all that is sent, beside the name of the model.

    Args:
        act: put, follow_up, feedback or suggest.
        context: The turn. The answer that the notes hold is not in it and never sent but for its points in feedback.
        answer: What the candidate answered.
        points: The key points of the notes.
    """
    material: dict[str, Any] = {
        "company": context.company,
        "position": context.position,
        "round": context.stage,
        "part": context.part,
        "question": _cut(context.question, LONGEST_QUESTION),
    }
    if act in ("put", "follow_up"):
        material["earlier"] = [
            {"asked": _cut(one.asked, LONGEST_EARLIER), "answered": _cut(one.answer, LONGEST_EARLIER)}
            for one in context.earlier[-MOST_EARLIER:]
            if one.part in SENT_PARTS
        ]
    if act != "put":
        material["candidate_answer"] = _cut(answer, LONGEST_SENT_ANSWER)
    if points:
        material["key_points"] = [{"n": number, "text": text} for number, text in enumerate(points, start=1)]
    instruction = load_prompts().instruction(act, context.language)
    return (ChatMessage("system", instruction), ChatMessage("user", json.dumps(material, ensure_ascii=False, indent=1)))


def _cut(text: str, longest: int) -> str:
    clean = sanitise(text)[0].strip()
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
