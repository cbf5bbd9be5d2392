"""A document becomes questions: its sections, each read in the first style that fits."""

from collections.abc import Collection
from datetime import datetime

from prep.notes.blocks import LineKind, scan
from prep.notes.cards import Cards
from prep.notes.contents import AboutTheDocument, Contents
from prep.notes.details import Folds
from prep.notes.dialogue import Dialogue
from prep.notes.diaries import Diary
from prep.notes.diary_parts import in_interview
from prep.notes.findings import FoundStyle, LineFate, NotesFindings
from prep.notes.folding import fold_questions
from prep.notes.headings import HeadingQuestion, has_children
from prep.notes.interviews import Clock, Interviews
from prep.notes.introductions import find_texts
from prep.notes.link_index import LinkIndex
from prep.notes.lost_headings import restore_headings
from prep.notes.nested import NestedOutline
from prep.notes.numbered import Numbered
from prep.notes.outline import BulletedQuestions, StandaloneQuestion, TitlesAndAnswers
from prep.notes.question_lines import ChapteredQuestions, QuestionLines
from prep.notes.reading import Ledger, Style
from prep.notes.sections import Section, split_sections
from prep.notes.tables import QuestionTable
from prep.notes.tasks import CodingTasks
from prep.notes.whole_files import read_whole_file
from tracker.imports.document import Document

PARTIAL = (QuestionTable, Folds, Cards)
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

    Returns:
        What was found, and the fate of every line. No text makes it raise; the time grows with the length.
    """
    interviews = Interviews(document.path, known_companies, Clock(now, year))
    lines = interviews.promote(restore_headings(scan(document, claimed)))
    sections = split_sections(lines)
    if any(line.kind is LineKind.HEADING for line in lines):
        sections = fold_questions(sections, document.name)
    ledger = Ledger(document, sections, known_companies, answered_elsewhere=answered_elsewhere)
    if whole and not claimed:
        read_whole_file(whole, lines, ledger)
        sections = ledger.sections = ()
    ledger.interviews = interviews.find(sections, lines)
    styles: tuple[Style, ...] = (
        LinkIndex(),
        AboutTheDocument(),
        Contents(),
        Dialogue(),
        StandaloneQuestion(),
        QuestionTable(),
        Folds(),
        Diary(),
        Cards(),
        TitlesAndAnswers(),
        CodingTasks(),
        ChapteredQuestions(),
        QuestionLines(),
        NestedOutline(),
        BulletedQuestions(),
        Numbered(),
        HeadingQuestion(),
    )
    ledger.skip((line for line in lines if line.kind is LineKind.METADATA), "front-matter")
    ledger.skip((line for line in lines if line.kind is LineKind.CONFLICT), "conflict-mark")
    ledger.mark((line for line in lines if line.kind is LineKind.UNDERLINE), LineFate.HEADING)
    for section in ledger.sections:
        _read_section(section, styles, ledger)
    return ledger.findings(lines)


def _read_section(section: Section, styles: tuple[Style, ...], ledger: Ledger) -> None:
    if find_texts(section, ledger):
        return
    for style in styles if not section.question else (HeadingQuestion(),):
        reason = style.recognise(section, ledger)
        if reason is not None:
            before = len(ledger.questions)
            style.read(section, ledger)
            interview = ledger.interviews.get(section.position)
            if interview is not None:
                entered = ledger.questions[before:]
                ledger.questions[before:] = [in_interview(question, interview, section) for question in entered]
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
