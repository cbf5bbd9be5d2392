"""Labelled turns: 问题/答案, 问/答, Q/A, 面试官/我. Dialogues hold attempts and feedback, plain pairs hold answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from prep.notes.answers import split_attributes
from prep.notes.asides import without_asides
from prep.notes.asking import split_turn
from prep.notes.blocks import Line, LineKind, bullet, strip_blank
from prep.notes.choices import first_choice
from prep.notes.findings import FoundAttempt, FoundQuestion, LineFate, QuestionKind
from prep.notes.furniture import without_tail
from prep.notes.numbered import is_statement
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section
from prep.notes.taking_up import takes_up
from prep.notes.turns import ANSWER, FEEDBACK, QUESTION, SPEAKERS, Turn
from prep.notes.wording import asks, clean_title, ends_asking, is_placeholder, may_ask, requests
from tracker.messages import _

_FEWEST = 2
_LONGEST_CHECK = 60
_DIALOGUE_HEADING = re.compile(r"对话|模拟面试|mock|dialogue|transcript|conversation", re.IGNORECASE)
_ACKNOWLEDGES = re.compile(
    r"(?:很好|非常|不错|好的|谢谢|感谢|明白|嗯|可以|是的|对的|没错|回答|您的?|你的?(?:回答|思路|理解|方案)|有道理"
    r"|good|great|thanks|thank you|nice|okay|ok\b|right|i see|excellent|correct|that's)",
    re.IGNORECASE,
)
_REVERSES = re.compile(
    r"(?:什么|啥|问题).{0,6}(?:想|要)?问(?:我|的|吗|么|$)|反问|(?:any(?:thing)?|what) (?:questions? )?(?:do )?you "
    r"(?:want|would like|have)[^.?]{0,20}(?:ask|for us|for me)|(?:any )?questions for (?:us|me)",
    re.IGNORECASE,
)
"""By what an interviewer hands the asking over."""
_STEM = re.compile(
    r"(?:下列|以下|下面|上述)[^，,]{0,20}(?:说法|叙述|描述|选项|表述|论述|语句|命题)"
    r"|which (?:one )?of the (?:following|below)"
    r"(?: statements?)?(?: is| are)? (?:true|false|correct|incorrect)",
    re.IGNORECASE,
)
"""What many questions with choices have in common: only with its choices is it one question."""
_CHECKS_THE_LINE = re.compile(
    r"(?:can|could|do) you (?:hear|see) (?:me|us|my)|(?:听|看)(?:得|的)?(?:到|见|清)[^，,。？?]{0,8}(?:吗|么|嘛)"
    r"|声音(?:清楚|清晰|正常)"
    r"|how are you(?! (?:\w+ing|going))|(?:are you )?ready (?:to (?:start|begin)|when you are)|shall we (?:start"
    r"|begin)"
    r"|准备好了?(?:吗|么|没)|(?:可以|能|方便)(?:现在)?(?:开始|面试|说话|通话)(?:了)?(?:吗|么)",
    re.IGNORECASE,
)
"""What is said before an interview begins and asks nothing of it."""
_TAKES_LEAVE = re.compile(
    r"(?:今天|这次|面试|我们)?.{0,6}(?:就到这|到此|结束)|辛苦了|再见|拜拜|等(?:待)?(?:通知|消息)|后续(?:会"
    r"|有).{0,10}(?:联系|通知)"
    r"|that'?s (?:all|it)|we'?ll (?:be in touch|let you know|get back)|thank(?:s| you) for (?:your time|coming"
    r"|joining)"
    r"|good ?bye",
    re.IGNORECASE,
)
_IN_BOLD = re.compile(r"(?:\*\*)?((?:(?!\*\*)[^\n])+)\*\*")
_GOES_ON = re.compile(
    r"那(?![些个种里边天次])|追问|(?:so|then|but)[ ,](?=\S)|(?:为什么|为何|why|how so|why not|then what)\s?呢?[?？]?$"
    r"|\S{1,24}(?:\s\S{1,12}){0,2}\s?呢[?？]?$",
    re.IGNORECASE,
)
"""How a question begins, or what it is as a whole, when it makes sense only after the one before."""


class Dialogue:
    """Turns with labels: questions, the answers given, and what the interviewer said to them."""

    name = "dialogue"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a dialogue or a list of labelled pairs, or None."""
        del ledger
        turns = section.turns()[1]
        pairs = _pairs(turns) or _asked_alone(section, turns)
        if not pairs or _inside_items(section, turns):
            return None
        return _("{count} questions and answers with labels").format(count=pairs)

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the questions: with attempts and feedback when people talk, with answers when the pairs are cards."""
        _before, turns = section.turns()
        turns = [*turns[:-1], *(_without_footer(turn, ledger) for turn in turns[-1:])]
        if _is_conversation(section, turns):
            _read_conversation(section, without_asides(turns, ledger), ledger)
        else:
            _read_pairs(section, turns, ledger)


def _without_footer(turn: Turn, ledger: Ledger) -> Turn:
    """The last turn without what only ends the document."""
    kept = without_tail(turn.lines[1:], ledger)
    last = kept[-1].number if kept else turn.lines[0].number
    return replace(turn, lines=tuple(line for line in turn.lines if line.number <= last))


def _pairs(turns: Sequence[Turn]) -> int:
    return sum(left.role == QUESTION and right.role == ANSWER for left, right in pairwise(turns))


def _asked_alone(section: Section, turns: Sequence[Turn]) -> int:
    """How many questions have a label, where nothing but questions has one and the section begins with it."""
    first = next((line for line in section.body if line.kind is not LineKind.BLANK), None)
    begins = bool(turns) and first is not None and turns[0].lines[0].number == first.number
    if (
        not begins
        or len(turns) < _FEWEST
        or any(turn.role != QUESTION or turn.label in SPEAKERS or turn.number for turn in turns)
    ):
        return 0
    asking = sum(asks(text) or may_ask(text) for turn in turns for text in [_first_written(turn)])
    return len(turns) if asking * 2 >= len(turns) else 0


def _inside_items(section: Section, turns: Sequence[Turn]) -> bool:
    """Whether the labels stand in the answers of numbered questions."""
    first = turns[0].lines[0].number
    above = [item for item in section.items()[1] if item.lines[0].number < first and not item.placeholder]
    return any(not is_statement(item) for item in above)


def _is_conversation(section: Section, turns: Sequence[Turn]) -> bool:
    if any(turn.label in SPEAKERS or turn.role == FEEDBACK for turn in turns):
        return True
    if any(_DIALOGUE_HEADING.search(title) for title in section.path):
        return True
    later = [turn for turn in turns if turn.role == QUESTION][1:]
    acknowledged = sum(_ACKNOWLEDGES.match(_first_written(turn)) is not None for turn in later)
    return bool(later) and acknowledged * 2 >= len(later)


def _first_written(turn: Turn) -> str:
    return next((line.content for line in turn.lines if line.content), "")


@dataclass(slots=True)
class _Exchange:
    """One question of a conversation while it is being collected."""

    title: str
    lines: tuple[Line, ...]
    answers: list[Turn] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    reverse: bool = False
    """The candidate asks."""


def _read_conversation(section: Section, turns: Sequence[Turn], ledger: Ledger) -> None:
    exchanges: list[_Exchange] = []
    reversed_ = closed = False
    for position, turn in enumerate(turns):
        previous = exchanges[-1] if exchanges else None
        if turn.role == ANSWER and not (reversed_ and requests(_first_written(turn))):
            if previous is not None and not previous.reverse and not closed:
                previous.answers.append(turn)
            else:
                ledger.skip(turn.lines, "prose")
            continue
        if reversed_:
            _read_reverse(turn, exchanges, ledger)
            continue
        answered = position + 1 < len(turns) and turns[position + 1].role == ANSWER
        said, asked = _set_off(turn) or split_turn(turn.text, must_ask=answered and turn.role == QUESTION)
        closed = bool(asked) and _asks_nothing(asked)
        if turn.role == FEEDBACK or not asked or closed:
            said, asked = turn.text, ""
        reversed_ = bool(asked) and _REVERSES.search(asked) is not None
        if previous is not None and said:
            previous.feedback.append(said)
        _mark_turn(turn, said, "" if reversed_ else asked, ledger)
        if asked and not reversed_ and not is_placeholder(asked):
            exchanges.append(_Exchange(" ".join(asked.split("\n")), _written(turn)))
    places: list[int] = []
    for exchange in exchanges:
        _enter_exchange(section, exchange, places, ledger)


def _set_off(turn: Turn) -> tuple[str, str] | None:
    """A turn that stands in bold from end to end is one question, however many sentences it has."""
    found = _IN_BOLD.fullmatch(turn.text.strip()) if turn.role == QUESTION else None
    return ("", found[1]) if found is not None else None


def _asks_nothing(asked: str) -> bool:
    """Whether what sounds like a question takes leave, or only looks whether the line stands."""
    leaves = _TAKES_LEAVE.search(asked) is not None and not ends_asking(asked)
    return leaves or (len(asked) <= _LONGEST_CHECK and _CHECKS_THE_LINE.search(asked) is not None)


def _read_reverse(turn: Turn, exchanges: list[_Exchange], ledger: Ledger) -> None:
    """A turn after the interviewer handed the asking over: the candidate's question, or what is said to it."""
    if turn.role == ANSWER:
        ledger.mark(turn.lines, LineFate.QUESTION)
        exchanges.append(_Exchange(" ".join(turn.text.split("\n")), _written(turn), reverse=True))
    elif exchanges and exchanges[-1].reverse:
        exchanges[-1].answers.append(turn)
    else:
        ledger.mark(turn.lines, LineFate.FEEDBACK)


def _mark_turn(turn: Turn, said: str, asked: str, ledger: Ledger) -> None:
    feedback_lines = said.count("\n") + 1 if said and asked else len(turn.lines) if said else 0
    kept = strip_blank(turn.lines)
    same_line = bool(asked) and bool(said) and not _ends_line(turn.text, said)
    split = feedback_lines - 1 if same_line else feedback_lines
    ledger.mark(kept[:split], LineFate.FEEDBACK)
    ledger.mark(kept[split:], LineFate.QUESTION if asked else LineFate.FEEDBACK)


def _ends_line(text: str, said: str) -> bool:
    """Whether the feedback ends where a line of the turn ends."""
    return text[len(said) :].lstrip(" \t").startswith("\n")


def _written(turn: Turn) -> tuple[Line, ...]:
    return _written_of(turn.lines)


def _written_of(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(strip_blank(lines)) or lines[:1]


def _enter_exchange(section: Section, exchange: _Exchange, places: list[int], ledger: Ledger) -> None:
    """Enter one question; ``places`` are those of the section's questions so far in ``ledger.questions``."""
    answers = [turn for turn in exchange.answers if turn.text]
    title = clean_title(exchange.title)
    text = "\n\n".join(turn.text for turn in answers)
    attempts: tuple[FoundAttempt, ...] = ()
    if answers and not exchange.reverse:
        attempts = (FoundAttempt(text, "\n\n".join(exchange.feedback), _written(answers[0])[0].number),)
    ledger.ask(
        title,
        lines=exchange.lines,
        path=section.path,
        kind=QuestionKind.REVERSE if exchange.reverse else kind_of(title, section.path),
        style="dialogue",
        attempts=attempts,
        answer=text if exchange.reverse else None,
        answer_line=_written(answers[0])[0].number if answers and exchange.reverse else 0,
    )
    if places and not exchange.reverse and _goes_on(title, ledger.questions[places[-1]]):
        ledger.questions[-1] = replace(ledger.questions[-1], follows=places[-1])
    places.append(len(ledger.questions) - 1)
    for turn in exchange.answers:
        ledger.mark(turn.lines, LineFate.ANSWER)


def _goes_on(title: str, before: FoundQuestion) -> bool:
    """Whether a question asks on from the one before: by how it begins, or by a word of the answer that it takes up."""
    answer = before.attempts[0].answer if before.attempts else ""
    return _GOES_ON.match(title) is not None or takes_up(title, answer)


def _read_pairs(section: Section, turns: Sequence[Turn], ledger: Ledger) -> None:
    places: dict[str, int] = {}
    written = {line.number: line for line in section.body}
    for position, turn in enumerate(turns):
        if turn.role != QUESTION:
            continue
        body: list[Line] = []
        following = position + 1
        while following < len(turns) and turns[following].role != QUESTION:
            body.extend(turns[following].lines)
            following += 1
        asked = turn.lines if body else _first_paragraph(turn.lines)
        choices = first_choice(asked)
        if choices and not _STEM.search(asked[0].content):
            # The choices stand with the answer, which says no more than B.
            last = body[-1].number if body else turn.lines[-1].number
            numbers = range(asked[choices].number, last + 1)
            asked, body = asked[:choices], [written[number] for number in numbers if number in written]
        body = body or list(turn.lines[len(asked) :])
        asked, about = _without_attributes(asked)
        title = " ".join(line.content for line in asked if line.content)
        if is_placeholder(title):
            ledger.skip(turn.lines, "placeholder")
            continue
        kind = kind_of(clean_title(title), section.path)
        ledger.ask(
            title,
            lines=_written_of(asked),
            body=body,
            path=section.path,
            kind=kind,
            style="labelled-pairs",
            hint="\n".join(line.content for line in about if line.content),
            marks=" ".join(line.content for line in about),
        )
        ledger.mark(about, LineFate.QUESTION)
        ledger.mark(body, LineFate.ANSWER)
        first, dash, _rest = turn.number.replace("–", "-").partition("-")
        place = len(ledger.questions) - 1
        if dash and first in places:
            ledger.questions[place] = replace(ledger.questions[place], follows=places[first])
        elif turn.number:
            places[first] = place


def _without_attributes(asked: tuple[Line, ...]) -> tuple[tuple[Line, ...], Sequence[Line]]:
    """The lines of a question, and those below that say of which topic or how hard it is."""
    for index in range(1, len(asked)):
        about, _below = split_attributes(asked[index:])
        if any(line.content for line in about):
            return asked[:index], about
    return asked, ()


def _first_paragraph(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a turn up to its first blank one, or up to its first one when that ends in a question mark."""
    written = next((index for index, line in enumerate(lines) if line.kind is not LineKind.BLANK), 0)
    if lines[written].content and ends_asking(lines[written].content):
        return lines[: written + 1]
    ends = (index for index in range(written + 1, len(lines)) if _is_no_sentence(lines[index]))
    return lines[: max(next(ends, len(lines)), 1)]


def _is_no_sentence(line: Line) -> bool:
    """Whether a line is blank, or begins what goes on with no sentence: code, a fold, a quotation, a list, a table."""
    special = line.kind is not LineKind.TEXT or line.content[0] in ">|<!$→➡=" or bullet(line.content) is not None
    return special or line.marker is not None
