"""What was said in a mock interview, as Markdown that the import of notes reads as the same dialogue.

It is headed by what it is and not by company and round: an import takes such a title for an interview that took place,
and what was asked in it for asked there. Questions stand in bold, so that each is read as one question whatever
sentences it has; answers of several lines are indented, so that nothing in them is read as a title or a label.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from prep.interviewing.interviewer import COVERED, MISSING, UNCLEAR, Feedback
from prep.interviewing.mock_views import MockView, TurnView
from prep.interviewing.phrases import phrase, set_off, transcript_words
from prep.memory.states import RATINGS
from tracker.errors import RefusedError, StorageError
from tracker.files import create_private_file
from tracker.messages import _
from tracker.text import sanitise

INTERVIEWER, CANDIDATE, FEEDBACK = "interviewer", "candidate", "feedback"
_INDENT = "    "
_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said, or remarked on it."""

    speaker: str
    """``INTERVIEWER``, ``CANDIDATE`` or ``FEEDBACK``."""
    text: str
    is_question: bool = False
    """Whether the whole of it is one question."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A mock interview from its first word to its last."""

    language: str
    """zh or en: that of the labels."""
    about: str
    """For what, when and how long, in a sentence."""
    said: tuple[Said, ...]


def make_transcript(view: MockView, *, zone: tzinfo) -> Transcript:
    """The transcript of a mock interview so far; what waits for an answer is left out."""
    words = transcript_words(view.language)
    started = view.started_at.astimezone(zone) if view.started_at is not None else None
    about = words["about"].format(
        company=set_off(view.company, view.language),
        round=set_off(view.stage or words["usual_round"], view.language),
        when=f"{started:%Y-%m-%d %H:%M}" if started is not None else "—",
        minutes=max(1, round(view.spent_seconds / 60)),
    )
    said = [one for turn in view.turns if not turn.is_open for one in _said(turn, view)]
    if view.state == "done":
        said.append(Said(INTERVIEWER, phrase("closing", view.language)))
    return Transcript(view.language, about, tuple(said))


def _said(turn: TurnView, view: MockView) -> Iterable[Said]:
    # What a model says holds more than its question: the import parts that itself.
    is_question = turn.part not in ("opening", "reverse") and not view.interviewer
    yield Said(INTERVIEWER, turn.asked, is_question=is_question)
    if turn.answer.strip() and turn.manner == "typed":
        yield Said(CANDIDATE, turn.answer.strip("\n"))
    remarks = _remarks(turn, transcript_words(view.language))
    if remarks and turn.part not in ("opening", "reverse"):
        yield Said(FEEDBACK, remarks)


def _remarks(turn: TurnView, words: dict[str, str]) -> str:
    parts: list[str] = []
    if turn.manner == "skipped":
        parts.append(words["skipped"])
    if turn.manner == "spoken":
        parts.append(words["spoken"].format(seconds=turn.seconds))
    if turn.rating in RATINGS:
        parts.append(words["rated"].format(rating=words[turn.rating]))
    if turn.feedback is not None:
        parts += _feedback(turn.feedback, words)
    return " ".join(parts)


def _feedback(feedback: Feedback, words: dict[str, str]) -> Iterable[str]:
    told = feedback.points if feedback.is_enough else ()
    for verdict, name in ((COVERED, "covered"), (MISSING, "missing"), (UNCLEAR, "unclear")):
        points = [
            words["quoted"].format(point=_point(point.text), quote=_line(point.quote))
            if point.quote
            else _point(point.text)
            for point in told
            if point.verdict == verdict
        ]
        if points:
            yield words[name].format(points=words["separator"].join(points))
    yield from map(_line, feedback.suggestions)


def as_markdown(transcript: Transcript) -> str:
    """The document."""
    words = transcript_words(transcript.language)
    blocks = [f"# {words['title']}", _line(transcript.about)]
    for one in transcript.said:
        label = words[one.speaker] + words["colon"]
        if one.speaker == CANDIDATE:
            blocks.append(_answer(label, one.text))
        elif one.is_question and (text := _line(one.text).replace("**", "").strip()):
            blocks.append(f"{label}**{text}**")
        else:
            blocks.append(label + _line(one.text))
    return "\n\n".join(blocks) + "\n"


def _line(text: str) -> str:
    return " ".join(sanitise(text)[0].split())


def _point(text: str) -> str:
    """A point within a list of points: the sign that ends its sentence would stand before that of the list."""
    return _line(text).rstrip("。；.; ")


def _answer(label: str, text: str) -> str:
    lines = sanitise(text)[0].strip().expandtabs(4).splitlines()
    is_statement = not any(sign in lines[0] for sign in "?？") if lines else False
    if len(lines) == 1 and is_statement and lines[0][0].isalnum() and not lines[0][0].isdigit():
        return label + lines[0].strip()
    if sum(line.lstrip().startswith(_FENCES) for line in lines) % 2:
        lines.append("```")  # code that was never closed would swallow what follows
    return "\n".join([label.rstrip(), "", *(_INDENT + line.rstrip() if line.strip() else "" for line in lines)])


def write_transcript(path: Path, text: str) -> Path:
    """Write a transcript into a new file that only its owner can read, and return its path.

    Raises:
        RefusedError: there is a file of that name already.
        StorageError: the folder or the file cannot be written.
    """
    if path.exists():
        raise RefusedError(_("{path} exists already; choose another name.").format(path=path))
    create_private_file(path)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror)
        ) from error
    return path
