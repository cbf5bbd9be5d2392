"""Whether a language model may play the interviewer here, and what would be sent to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session

from prep.interviewing.interviewer import Exchange, TurnContext
from prep.interviewing.key_points import LONGEST_POINT, MOST_POINTS
from prep.interviewing.model_consent import consent_key, consents
from prep.interviewing.model_prompts import (
    LONGEST_EARLIER,
    LONGEST_SENT_ANSWER,
    MOST_EARLIER,
    compose,
    load_prompts,
)
from prep.interviewing.model_settings import Keyring, ModelAccess, find_access
from tracker.errors import AshoreError
from tracker.messages import _
from tracker.settings import ModelChoice

if TYPE_CHECKING:
    from prep.interviewing.model_interviewer import ModelInterviewer

ACTS = ("put", "follow_up", "feedback", "suggest")
"""What a model is asked for, each with instructions of its own."""


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A language model that may be chosen, or why none may."""

    access: ModelAccess | None = None
    refusal: str = ""
    """What is wrong with the settings; empty when they are fine, or name no model."""
    is_agreed: bool = False
    """Whether the person agreed to send to this endpoint what this version sends."""

    @property
    def consent(self) -> str:
        """What an agreement is for; see ``consent_key``."""
        url = self.access.url if self.access is not None else ""
        return consent_key(url=url, version=load_prompts().version)


def find_offer(
    session: Session, choice: ModelChoice, *, environment: Mapping[str, str], keyring: Keyring | None
) -> ModelOffer:
    """What the settings and the environment offer, and whether it was agreed to. Reads files: call it in a thread."""
    try:
        access = find_access(choice, environment=environment, keyring=keyring)
    except AshoreError as error:
        return ModelOffer(refusal=str(error))
    if access is None:
        return ModelOffer()
    offer = ModelOffer(access)
    return ModelOffer(access, is_agreed=offer.consent in consents(session))


def make_interviewer(access: ModelAccess) -> "ModelInterviewer":
    """An interviewer for one interview; nothing is sent before it is asked something."""
    from prep.interviewing.model_client import ModelClient
    from prep.interviewing.model_interviewer import ModelInterviewer

    return ModelInterviewer(ModelClient(access))


def what_is_sent() -> tuple[str, ...]:
    """All that leaves this machine in the course of an interview, a sentence each."""
    return (
        _("With every question: company, position, round and the question itself."),
        _("To word it: the {n} turns before it, each answer cut after {length} characters.").format(
            n=MOST_EARLIER, length=LONGEST_EARLIER
        ),
        _("To ask on and for feedback: the answer that you typed, up to {length} characters.").format(
            length=LONGEST_SENT_ANSWER
        ),
        _("For feedback: the key points of your notes on this question, at most {n} of {length} characters.").format(
            n=MOST_POINTS, length=LONGEST_POINT
        ),
    )


def what_is_never_sent() -> tuple[str, ...]:
    """What stays on this machine, a sentence each."""
    return (
        _("Your self-introduction, coding tasks and your questions back."),
        _("The answers in your notes before you have answered; the rest of your notes and of this program."),
        _("What you say aloud."),
    )


def preview_request(
    access: ModelAccess, act: str, context: TurnContext, *, answer: str, points: tuple[str, ...]
) -> str:
    """Exactly what would be sent for one act (see ``ACTS``), without the key."""
    messages = compose(act, context, answer=answer, points=points if act == "feedback" else ())
    return "\n\n".join((f"POST {access.url}/chat/completions  model={access.name}", *(one.content for one in messages)))


def preview_requests(access: ModelAccess, *, company: str, position: str, stage: str, language: str) -> tuple[str, ...]:
    """Every kind of request, word for word; in the place of questions and answers stands what they are."""
    context = TurnContext(
        company=company,
        position=position,
        stage=stage,
        language=language,
        part="technical",
        question=_("(the question)"),
        is_follow_up=False,
        earlier=(Exchange("technical", _("(the question before)"), _("(your answer)"), "typed"),),
        seconds_left=0,
    )
    answer, points = _("(your answer)"), (_("(a key point of your notes)"),)
    return tuple(preview_request(access, act, context, answer=answer, points=points) for act in ACTS)
