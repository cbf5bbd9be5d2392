"""The bank as a Markdown document, which the import reads back as the same bank.

The document holds nothing but the bank: no ids and no date, so that the same bank is the same document. Practice is
not in it.
"""

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from sqlmodel import Session

from prep.exporting.bank import BankAsked, BankQuestion, load_bank
from prep.notes.bank_syntax import (
    BETWEEN,
    DEEPEST,
    DEEPEST_TOPIC,
    MARKS,
    MORE_TEXT,
    NAME,
    VERSION,
    WORDS,
    quote,
    write_answer,
    write_moment,
    write_topic,
)
from tracker.errors import StorageError
from tracker.files import write_private_file
from tracker.messages import _, language_from_environment
from tracker.stages import Precision

MOST_STARS = 5
"""More stars than these are counted, not drawn."""


def write_bank(
    session: Session,
    path: Path,
    *,
    zone: tzinfo,
    topic: Sequence[str] = (),
    company_id: int | None = None,
    unanswered: bool = False,
) -> int:
    """Write the bank into a 0600 file that is complete or not there, and return how many questions it has.

    ``zone``: in which exact times are written; the filters are those of ``load_bank``.

    Raises:
        StorageError: the file cannot be written; what stood there before still does.
    """
    questions = load_bank(session, topic=topic, company_id=company_id, unanswered=unanswered)
    text = render_bank(questions, zone=zone, language=language_from_environment())
    try:
        write_private_file(path, text.encode())
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error
    return len(questions)


def render_bank(questions: Sequence[BankQuestion], *, zone: tzinfo, language: str = "en") -> str:
    """The document. Each question's ``topic`` is next to those of equal ones, as ``load_bank`` gives them.

    ``language``: of the words of the marks, one of those in ``WORDS``.
    """
    hint = _(
        "Headings name topics, and with a number in front questions, whose answers stand below them. Edit what you"
        " like; ashore import reads it all back."
    )
    lines = ["---", NAME, f"version: {VERSION}", f"questions: {len(questions)}", "---", "", f"<!-- {hint} -->", ""]
    numbers = _numbers(questions)
    topic: tuple[str, ...] = ()
    for place, question in enumerate(questions):
        if question.topic != topic:
            lines += _headings(topic, question.topic)
            topic = question.topic
        lines += _question(question, place, numbers, zone=zone, words=WORDS[language])
    return "\n".join(lines)


def _numbers(questions: Sequence[BankQuestion]) -> list[str]:
    """The number of each question: ``12``, and ``12.1`` of one that goes on from it and stands right below."""
    numbers: list[str] = []
    below: dict[int, int] = {}
    above: list[int] = []
    last = 0
    for place, question in enumerate(questions):
        while above and above[-1] != question.follows:
            above.pop()
        if above and questions[above[-1]].topic == question.topic:
            count = below[above[-1]] = below.get(above[-1], 0) + 1
            numbers.append(f"{numbers[above[-1]]}.{count}")
        else:
            above = []
            last += 1
            numbers.append(str(last))
        above.append(place)
    return numbers


def _headings(before: tuple[str, ...], topic: tuple[str, ...]) -> list[str]:
    """The headings that lead from one topic to another."""
    common = 0
    while common < min(len(before), len(topic)) and before[common] == topic[common]:
        common += 1
    # What is joined in one heading is written again as a whole, and so is the topic that questions return to.
    common = min(common, DEEPEST_TOPIC - 1, max(0, len(topic) - 1))
    lines = []
    for depth in range(common + 1, min(len(topic), DEEPEST_TOPIC) + 1):
        level, name = write_topic(topic if depth == DEEPEST_TOPIC else topic[:depth])
        lines += [f"{'#' * level} {name}", ""]
    return lines


def _question(
    question: BankQuestion, place: int, numbers: Sequence[str], *, zone: tzinfo, words: dict[str, str]
) -> list[str]:
    number = numbers[place]
    level = min(DEEPEST, len(question.topic) + 1 + number.count("."))
    first, *more = question.text.split("\n")
    lines = [f"{'#' * level} {number}. {first}", *(f"{MORE_TEXT} {line}" if line else MORE_TEXT for line in more)]
    parent = "" if question.follows is None else numbers[question.follows]
    marks = _marks(question, "" if number.rpartition(".")[0] == parent else parent, words)
    if marks:
        lines.append(MARKS + BETWEEN.join(marks))
    lines += [MARKS + _asked(asked, zone, words) for asked in question.asked]
    lines.append("")
    return [*lines, *write_answer(question.answer), ""] if question.answer else lines


def _marks(question: BankQuestion, follows: str, words: dict[str, str]) -> list[str]:
    marks = [words[question.kind]] if question.kind != "knowledge" else []
    if question.importance != question.stars + question.underlined:
        marks.append(f"{words['importance']}: {question.importance}")
    if question.stars:
        marks.append("⭐" * question.stars if question.stars <= MOST_STARS else f"⭐×{question.stars}")
    marks += [words[mark] for mark in ("underlined", "flagged") if getattr(question, mark)]
    if question.company:
        marks.append(f"{words['company']}: {quote(question.company)}")
    if follows:
        marks.append(f"{words['follows']}: {follows}")
    return marks


def _asked(asked: BankAsked, zone: tzinfo, words: dict[str, str]) -> str:
    items = [f"{words['asked']}: {quote(asked.company)}"]
    if asked.stage:
        items.append(quote(asked.stage))
    if asked.at is not None and asked.precision != Precision.UNKNOWN:
        at = asked.at.astimezone(zone) if asked.precision == Precision.MINUTE else asked.at
        items.append(write_moment(at, asked.precision))
    items += [f"{words[name]}: {quote(getattr(asked, name))}" for name in ("source", "note") if getattr(asked, name)]
    return BETWEEN.join(items)
