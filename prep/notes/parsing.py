"""A document becomes questions: its sections, each read in the first style that fits."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from prep.notes.bank_document import read_bank
from prep.notes.bank_syntax import is_bank
from prep.notes.blocks import Line, LineKind, scan
from prep.notes.callouts import Callouts
from prep.notes.cards import Cards
from prep.notes.contents import AboutTheDocument, Contents
from prep.notes.copied_page import without_page
from prep.notes.correcting import corrected
from prep.notes.corrections import LineCorrection, Verdict
from prep.notes.coverage import name_leftovers
from prep.notes.details import Folds
from prep.notes.dialogue import Dialogue
from prep.notes.diaries import Diary
from prep.notes.diary_parts import in_interview
from prep.notes.extents import DENIED
from prep.notes.findings import FoundStyle, LineFate, NotesFindings
from prep.notes.folding import fold_questions
from prep.notes.hanging import HangingAnswers
from prep.notes.headings import HeadingQuestion, has_children
from prep.notes.interviews import Clock, Interviews
from prep.notes.introductions import find_texts
from prep.notes.link_index import LinkIndex
from prep.notes.listed_lines import ListedLines
from prep.notes.lost_headings import restore_headings
from prep.notes.nested import NestedOutline
from prep.notes.numbered import Numbered
from prep.notes.outline import BulletedQuestions, StandaloneQuestion, TitlesAndAnswers
from prep.notes.page_links import without_page_links
from prep.notes.plain_text import PlainText
from prep.notes.question_lines import ChapteredQuestions, QuestionLines
from prep.notes.reading import Ledger, Style
from prep.notes.sections import Section, choose_styles, parts_of, split_sections, where
from prep.notes.tables import QuestionTable
from prep.notes.tasks import CodingTasks
from prep.notes.tool_markup import without_tool_markup
from prep.notes.whole_files import read_whole_file
from prep.notes.wording import forget_titles
from tracker.imports.document import Document
from tracker.messages import _

PARTIAL = (Contents, QuestionTable, Folds, Callouts, Cards)
"""Styles of a part of a section."""


def parse_notes(
    document: Document,
    *,
    claimed: frozenset[int] = frozenset(),
    known_companies: Collection[str] = (),
    now: datetime | None = None,
    year: int | None = None,
    whole: str = "",
    answered_elsewhere: Collection[str] = (),
    corrections: Collection[LineCorrection] = (),
) -> NotesFindings:
    """Find the questions, introductions and interviewer prompts of a document.

    Args:
        document: The notes.
        claimed: Numbers of the lines that another importer took; they end an answer and are left alone.
        known_companies: Names by which an HR section can tell the company it was prepared for.
        now: Local time, by which the dates of interviews without a year are read; without it they say nothing.
        year: The year of dates that name none.
        whole: The question that the whole document answers; empty when it is no answer to one.
        answered_elsewhere: What the document links to that is read with it and answers a question.
        corrections: What the person said of single lines; of two for one line the later counts. A corrected line is
            read even where it is claimed.

    Returns:
        What was found, and the fate of every line. No text makes it raise; the time grows with the length.
    """
    if is_bank(document.lines):
        return read_bank(document)
    interviews = Interviews(document.path, known_companies, Clock(now, year))
    verdicts = {correction.line: correction for correction in corrections}
    denied = frozenset(line for line, said in verdicts.items() if said.verdict is Verdict.NOT_QUESTION)
    chosen = {line: said.style for line, said in verdicts.items() if said.verdict is Verdict.STYLE}
    scanned = without_tool_markup(without_page_links(without_page(scan(document, claimed.difference(verdicts)))))
    lines = _as_said(scanned, interviews.promote(restore_headings(scanned)), verdicts.values())
    sections = split_sections(lines)
    parts = parts_of(sections)
    sections = choose_styles(sections, chosen) if chosen else sections
    if any(line.kind is LineKind.HEADING for line in lines):
        sections = fold_questions(sections, document.name, denied=denied)
    ledger = Ledger(document, sections, known_companies, answered_elsewhere=answered_elsewhere)
    first = next((line.number for line in lines if line.content and line.kind is not LineKind.METADATA), 0)
    ledger.interviews = interviews.find(sections, lines)
    if whole and not claimed and not chosen and first not in denied:
        read_whole_file(whole, lines, ledger)
        sections = ledger.sections = ()
    styles: tuple[Style, ...] = (
        LinkIndex(),
        AboutTheDocument(),
        Contents(),
        Dialogue(),
        StandaloneQuestion(),
        QuestionTable(),
        Folds(),
        Callouts(),
        Diary(),
        Cards(),
        TitlesAndAnswers(),
        CodingTasks(),
        HangingAnswers(),
        ChapteredQuestions(),
        PlainText(),
        ListedLines(),
        QuestionLines(),
        NestedOutline(),
        BulletedQuestions(),
        Numbered(),
        HeadingQuestion(),
    )
    ledger.skip((line for line in lines if line.kind is LineKind.METADATA), "front-matter")
    ledger.skip((line for line in lines if line.kind is LineKind.CONFLICT), "conflict-mark")
    ledger.skip((line for line in lines if line.kind is LineKind.TOOL), "markup")
    ledger.mark((line for line in lines if line.kind is LineKind.UNDERLINE), LineFate.HEADING)
    for section in ledger.sections:
        if section.chosen:
            _read_chosen(section, styles, ledger)
        elif section.heading is not None and section.heading.number in denied and not section.asked:
            _read_section(section, tuple(style for style in styles if style.name != HeadingQuestion.name), ledger)
            ledger.skip(section.body, DENIED)
        else:
            _read_section(section, styles, ledger)
    name_leftovers(lines, ledger)
    found = replace(ledger.findings(lines), parts=parts)
    found = corrected(found, lines, ledger, verdicts.values()) if verdicts else found
    forget_titles()
    return found


def _as_said(scanned: Sequence[Line], lines: Sequence[Line], said: Collection[LineCorrection]) -> Sequence[Line]:
    """The lines without the headings that were only taken for such and are none, as the person said."""
    result = list(lines)
    for correction in said:
        place = correction.line - 1
        if correction.verdict not in {Verdict.NOT_QUESTION, Verdict.ANSWER} or not 0 <= place < len(result):
            continue
        underlined = place + 1 < len(result) and result[place + 1].kind is LineKind.UNDERLINE
        if scanned[place].kind is LineKind.TEXT and not underlined:
            result[place] = scanned[place]
    return result


def _read_chosen(section: Section, styles: tuple[Style, ...], ledger: Ledger) -> None:
    """Read a section in the style that the person chose for it, whatever it looks like."""
    style = next((style for style in styles if style.name == section.chosen), None)
    if style is None:
        return
    before = len(ledger.questions)
    style.read(section, ledger)
    _asked_there(section, before, ledger)
    first = section.heading or section.body[0]
    reason = _("you chose this style for what stands {where}").format(where=where(section, ledger.sections))
    ledger.styles.append(FoundStyle(style.name, reason, first.number, len(ledger.questions) - before))


def _asked_there(section: Section, before: int, ledger: Ledger) -> None:
    """Say of the questions from place ``before`` on in which interview they were asked."""
    interview = ledger.interviews.get(section.position)
    if interview is not None:
        ledger.questions[before:] = [
            in_interview(question, interview, section) for question in ledger.questions[before:]
        ]


def _read_section(section: Section, styles: tuple[Style, ...], ledger: Ledger) -> None:
    before = len(ledger.fates)
    if find_texts(section, ledger):
        return
    if len(ledger.fates) > before:
        section = ledger.rest(section)
    for style in styles if not section.question else styles[-1:]:
        reason = style.recognise(section, ledger)
        if reason is not None:
            before = len(ledger.questions)
            style.read(section, ledger)
            _asked_there(section, before, ledger)
            first = section.heading or section.body[0]
            count = len(ledger.questions) - before
            ledger.styles.append(FoundStyle(style.name, reason, first.number, count))
            if not isinstance(style, PARTIAL):
                return
            # A table, folds or cards take their own lines; what is left may be written in another style.
            section = ledger.rest(section)
            if all(line.kind is LineKind.BLANK for line in section.body):
                return
    written = any(line.kind is not LineKind.BLANK for line in section.body)
    if section.heading is not None and not written and not has_children(section, ledger):
        ledger.skip((section.heading,), "empty-topic")
