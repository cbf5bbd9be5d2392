"""A language model as the interviewer: it words questions, asks on, and says what an answer covered.

What it replies is taken for text and no more. Rules decide what of it is heard (``model_rules``); the points of
feedback are the program's own, out of the person's notes, and a point counts as covered by words of the answer alone.

Introductions, coding tasks and the frame of the interview are never sent: nothing is gained by wording them anew.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from prep.interviewing.interviewer import (
    COVERED,
    MISSING,
    UNCLEAR,
    Feedback,
    InterviewerError,
    Point,
    TurnContext,
    Utterance,
)
from prep.interviewing.key_points import LONGEST_POINT, compare_answers, terms_in
from prep.interviewing.model_client import ChatMessage, ModelClient, ModelError
from prep.interviewing.model_prompts import SENT_PARTS, compose, load_prompts
from prep.interviewing.model_rules import (
    breach,
    clean_utterance,
    gives_marks,
    is_new_question,
    keeps_question,
    read_object,
)
from tracker.messages import _
from tracker.text import sanitise

T = TypeVar("T")

MOST_FAILURES = 3
"""Failures one after the other, after which it is not asked again in this interview."""
MOST_SUGGESTIONS = 3
LONGEST_SUGGESTION = 200
SHORTEST_QUOTE = 4
"""Characters of the answer that show something; fewer stand in any answer."""
MOST_USES = 2
"""Points that one quote may show."""


class _Off(Exception):  # noqa: N818 - a signal inside this module, made into an InterviewerError at its border
    """The reply breaks a rule."""


class ModelInterviewer:
    """Plays the interviewer by a language model. One for each interview: it remembers how it went so far."""

    def __init__(self, client: ModelClient, *, clock: Callable[[], float] = time.monotonic) -> None:
        """An interviewer behind a client; ``clock`` gives seconds that only go forward."""
        self._client = client
        self._clock = clock
        self._failures = 0
        self._is_over = False
        self._rests_until = 0.0

    @property
    def name(self) -> str:
        """The model, with the version of its instructions."""
        prompts = load_prompts()
        return f"{self._client.access.name} ({prompts.id}/{prompts.version})"

    def put(self, context: TurnContext, *, say: Callable[[str], None], is_ended: Callable[[], bool]) -> Utterance:
        """How the model words the planned question; the question itself where a model has nothing to add.

        Raises:
            InterviewerError: there is no reply, or it breaks the rules.
        """
        if context.part not in SENT_PARTS:
            return Utterance(context.question)

        def hear(text: str) -> None:
            so_far = clean_utterance(text)
            if breach(so_far, context, is_whole=False):
                raise _Off
            say(so_far)

        def judge(reply: str) -> Utterance:
            text = clean_utterance(reply)
            if breach(text, context) or not keeps_question(text, context):
                raise _Off
            return Utterance(text)

        return self._ask(compose("put", context), judge, hear=hear, is_ended=is_ended)

    def follow_up(
        self, context: TurnContext, *, answer: str, say: Callable[[str], None], is_ended: Callable[[], bool]
    ) -> Utterance | None:
        """One question that goes on from a typed answer, or ``None``. It is said when it was judged, not before.

        Raises:
            InterviewerError: there is no reply, or it breaks the rules.
        """
        if context.part not in SENT_PARTS or not answer.strip():
            return None

        def judge(reply: str) -> Utterance | None:
            found = read_object(reply)
            if found is None or "follow_up" not in found:
                raise _Off
            asked = found["follow_up"]
            if asked is None or asked == "":
                return None
            if not isinstance(asked, str):
                raise _Off
            text = clean_utterance(asked)
            alone = replace(context, question="")
            if breach(text, alone) or not is_new_question(text, context):
                raise _Off
            return Utterance(text)

        found = self._ask(compose("follow_up", context, answer=answer), judge, is_ended=is_ended)
        if found is not None:
            say(found.text)
        return found

    def feedback(
        self, context: TurnContext, *, answer: str, stored_answer: str, is_ended: Callable[[], bool]
    ) -> Feedback:
        """What a typed answer covered of the key points of the notes, and suggestions.

        Nothing is sent where there is too little to tell anything, nor of parts that are never sent: the words alone
        are compared there, by the built-in interviewer.

        Raises:
            InterviewerError: there is no reply, it breaks the rules, or nothing was sent; the sentence is empty then.
        """
        compared = compare_answers(stored_answer=stored_answer, answer=answer)
        has_notes = bool(compared.points)
        if context.part not in SENT_PARTS or compared.reason in ("no_answer", "short_answer") or not answer.strip():
            raise InterviewerError("")
        texts = tuple(point.text for point in compared.points)
        messages = compose("feedback" if has_notes else "suggest", context, answer=answer, points=texts)

        def judge(reply: str) -> Feedback:
            found = read_object(reply)
            if found is None or (has_notes and not isinstance(found.get("points"), list)):
                raise _Off
            points = _judged_points(found.get("points"), compared, answer) if has_notes else ()
            suggestions = _suggestions(found.get("suggestions"))
            if not points and not suggestions:
                raise _Off
            return Feedback(points, suggestions=suggestions, source=self.name)

        return self._ask(messages, judge, is_ended=is_ended)

    def _ask(
        self,
        messages: tuple[ChatMessage, ...],
        judge: Callable[[str], T],
        *,
        is_ended: Callable[[], bool],
        hear: Callable[[str], None] = lambda _text: None,
    ) -> T:
        """Ask, and judge the reply. Who failed too often is not asked again; that is said once."""
        if self._is_over or self._clock() < self._rests_until or is_ended():
            raise InterviewerError("")
        try:
            made = judge(self._client.ask(messages, say=hear, is_ended=is_ended))
        except _Off:
            self._failed()
            sentence = _("The language model did not keep to the rules, so nothing of its reply is used.")
            raise InterviewerError(self._in_all(sentence)) from None
        except ModelError as error:
            if is_ended():
                raise InterviewerError("") from None
            self._failed(is_final=error.is_final)
            self._rests_until = self._clock() + error.pause
            raise InterviewerError(self._in_all(str(error))) from None
        self._failures = 0
        return made

    def _failed(self, *, is_final: bool = False) -> None:
        self._failures += 1
        self._is_over = is_final or self._failures >= MOST_FAILURES

    def _in_all(self, sentence: str) -> str:
        if self._is_over:
            return _("{reason} The built-in interviewer goes on alone.").format(reason=sentence)
        return _("{reason} The interview goes on without it.").format(reason=sentence)


def _judged_points(found: Any, compared: Feedback, answer: str) -> tuple[Point, ...]:  # noqa: ANN401 - was replied
    """The program's own points, each with the verdict of the reply as far as words of the answer bear it out."""
    verdicts: dict[int, Mapping[str, Any]] = {}
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and isinstance(one.get("n"), int) and one["n"] not in verdicts:
            verdicts[one["n"]] = one
    uses: dict[str, int] = {}
    points = []
    for number, point in enumerate(compared.points, start=1):
        judged = _judged(point, verdicts.get(number, {}), answer)
        uses[judged.quote] = uses.get(judged.quote, 0) + 1
        if judged.quote and uses[judged.quote] > MOST_USES:
            judged = Point(point.text, UNCLEAR)
        points.append(judged)
    return tuple(points)


def _judged(point: Point, verdict: Mapping[str, Any], answer: str) -> Point:
    """One point. Where the reply and the words of the answer disagree altogether, there is not enough to tell."""
    said, quote = verdict.get("verdict"), verdict.get("quote")
    if said == COVERED:
        shown = quote.strip() if isinstance(quote, str) else ""
        stands = len(shown) >= SHORTEST_QUOTE and len(shown) <= LONGEST_POINT * 2 and shown in answer
        if stands and (point.verdict != MISSING or terms_in(shown) & terms_in(point.text)):
            return Point(point.text, COVERED, shown)
        return point if point.verdict == COVERED else Point(point.text, UNCLEAR)
    if said == MISSING:
        return Point(point.text, UNCLEAR if point.verdict == COVERED else MISSING)
    return Point(point.text, UNCLEAR) if said == UNCLEAR else point


def _suggestions(found: Any) -> tuple[str, ...]:  # noqa: ANN401 - was replied
    """Sentences without marks: no instruction in an answer can make the program say that it was perfect."""
    texts = (
        (" ".join(sanitise(one)[0].split()) for one in found if isinstance(one, str)) if isinstance(found, list) else ()
    )
    return tuple(text for text in texts if text and len(text) <= LONGEST_SUGGESTION and not gives_marks(text))[
        :MOST_SUGGESTIONS
    ]
