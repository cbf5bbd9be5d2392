"""The stable codes of the program as people read them."""

from types import MappingProxyType

from tracker.messages import _, later

_OUTCOMES = MappingProxyType(
    {
        "passed": later("passed"),
        "rejected": later("rejected"),
        "withdrawn": later("withdrawn"),
        "no_opening": later("no opening"),
        "offer": later("offer"),
        "declined": later("declined"),
        "revoked": later("revoked"),
        "pool": later("in the pool"),
        "unpool": later("out of the pool"),
        "revive": later("revived"),
        "contact": later("asked"),
    }
)


def in_brackets(words: str) -> str:
    """A remark in the brackets of the language, to stand right behind what it remarks on."""
    return _(" ({words})").format(words=words)


def outcome_word(code: str) -> str:
    """An outcome or a turn of the history in one word; an unknown code is shown as it is."""
    # Every painted row asks: one word is translated, not all of them.
    word = _OUTCOMES.get(code)
    return code if word is None else _(word)


def manner_word(code: str) -> str:
    """How a rejection came, in a word or two; empty when nothing was said."""
    return {
        "silence": _("never answered"),
        "letter": _("rejection letter"),
        "missed": _("missed"),
    }.get(code, code)


def medium_word(code: str) -> str:
    """How a round is held; an unknown code is shown as it is."""
    return {"online": _("online"), "onsite": _("onsite"), "phone": _("by phone")}.get(code, code)


def phase_word(code: str) -> str:
    """A phase in one word."""
    return {
        "intent": _("intent"),
        "applied": _("applied"),
        "assessment": _("assessment"),
        "written_test": _("written test"),
        "interview": _("interview"),
        "offer": _("offer"),
        "closed": _("closed"),
    }.get(code, code)


def kind_word(code: str) -> str:
    """A kind of question in one word."""
    return {
        "knowledge": _("knowledge"),
        "project": _("project"),
        "coding": _("coding"),
        "hr": _("HR"),
        "reverse": _("to ask back"),
    }.get(code, code)


def rating_word(code: str) -> str:
    """A rating in one word."""
    return {"again": _("again"), "hard": _("hard"), "good": _("good"), "easy": _("easy")}.get(code, code)


def solved_word(code: str) -> str:
    """How a coding task went, in a few words."""
    return {"alone": _("solved alone"), "looked": _("solved with a look"), "failed": _("not solved")}.get(code, code)


def sitting_word(code: str) -> str:
    """A kind of sitting in a few words."""
    return {
        "daily": _("daily practice"),
        "drill": _("drill"),
        "mock": _("mock interview"),
        "coding": _("coding practice"),
        "interview": _("really asked"),
    }.get(code, code)


def sitting_state_word(code: str) -> str:
    """How far a sitting came, in a word."""
    return {"open": _("under way"), "done": _("done"), "left": _("left early")}.get(code, code)


def key_source_word(code: str) -> str:
    """Where the key to a language model comes from, in a few words."""
    return {
        "environment": _("from the environment"),
        "keyring": _("from the keyring"),
        "file": _("from a file that you alone can read"),
        "": _("none"),
    }.get(code, code)


def asked_source_word(source: str) -> str:
    """Where the program knows from that a question was asked; the name of a file stays as it is."""
    return {"reverse": _("asked back"), "debrief": _("from the debrief")}.get(source, source)


def likelihood_word(reason: str) -> str:
    """Why a question may be asked, in a few words; an unknown code is shown as it is."""
    return {
        "asked_here": _("asked here"),
        "project": _("own project"),
        "usual": _("usual then"),
        "asked_elsewhere": _("asked elsewhere"),
        "described": _("named in the JD"),
        "rest": _("in your notes"),
    }.get(reason, reason)


def part_word(code: str) -> str:
    """A part of an interview in one word."""
    return {
        "opening": _("opening"),
        "introduction": _("introduction"),
        "technical": _("technical"),
        "project": _("project"),
        "coding": _("coding"),
        "hr": _("HR"),
        "reverse": _("to ask back"),
    }.get(code, code)


def feedback_reason(code: str) -> str:
    """Why nothing can be told of an answer, in a sentence."""
    return {
        "no_stored_answer": _("Not enough to tell: your notes hold no answer to this."),
        "short_stored_answer": _("Not enough to tell: the answer in your notes is too short to compare."),
        "no_answer": _("Not enough to tell: nothing was answered."),
        "short_answer": _("Not enough to tell: the answer is too short."),
    }.get(code, _("Not enough to tell by the words alone."))


def answer_manner_word(code: str) -> str:
    """How a question of a mock interview was answered, in a word."""
    return {"typed": _("typed"), "spoken": _("spoken"), "skipped": _("skipped")}.get(code, code)


def subject_word(subject: str) -> str:
    """What a row is about, in a word."""
    return {
        "company": _("company"),
        "application": _("application"),
        "event": _("event"),
        "question": _("question"),
        "introduction": _("introduction"),
        "attempt": _("practice"),
        "asked": _("asked"),
        "prompt": _("interviewer prompt"),
        "alias": _("other name"),
        "status": _("status"),
        "date": _("date"),
        "disagreement": _("disagreement"),
        "duplicate": _("twice"),
        "near-equal": _("the same?"),
        "moved-question": _("moved?"),
    }.get(subject, subject)


def reason_word(reason: str) -> str:
    """Why a line became nothing."""
    return {
        "placeholder": _("placeholder"),
        "empty-topic": _("empty heading"),
        "prose": _("prose"),
        "legend": _("legend"),
        "duplicate": _("twice"),
        "reference": _("reference"),
        "front-matter": _("front matter"),
        "furniture": _("furniture"),
        "log": _("log"),
        "interview-note": _("about the interview"),
        "link": _("link"),
        "not-understood": _("not understood"),
        "rule": _("line across"),
        "image": _("image"),
        "markup": _("markup"),
        "advertising": _("advertising"),
        "contents": _("contents"),
        "about": _("about the document"),
        "card-setting": _("setting of the cards"),
        "conflict-mark": _("mark of a merge"),
        "corrected": _("no question, as you said"),
        "not-asked-for": _("not asked for"),
    }.get(reason, reason)


def style_word(style: str) -> str:
    """A style of writing, in a few words."""
    return {
        "numbered": _("numbered questions"),
        "heading": _("headings as questions"),
        "bullets": _("bulleted questions"),
        "nested-outline": _("a nested outline"),
        "question-lines": _("one question a line"),
        "chaptered-lines": _("lines of questions in chapters"),
        "callouts": _("questions in callouts"),
        "hanging-answers": _("questions with indented answers"),
        "plain-text": _("paragraphs that begin with a question"),
        "outline": _("short headings with notes below"),
        "titles-and-answers": _("titles with their answers below"),
        "table": _("a table of questions"),
        "details": _("folded answers"),
        "cards": _("cards: question and answer"),
        "labelled-pairs": _("labelled questions and answers"),
        "dialogue": _("a dialogue"),
        "diary": _("an interview diary"),
        "coding-tasks": _("coding tasks"),
        "link-index": _("an index of links"),
        "contents": _("a table of contents"),
        "about": _("no questions: about the document"),
        "corrected": _("lines that you corrected"),
        "whole-file": _("one question a file"),
        "bank": _("a bank that was exported"),
    }.get(style, style)


def verdict_word(verdict: str, style: str = "") -> str:
    """What the person said a line is."""
    if verdict == "style":
        return _("its part is written as {style}").format(style=style_word(style))
    return {
        "question": _("a question"),
        "not-question": _("no question"),
        "answer": _("part of the answer above"),
    }.get(verdict, verdict)


def step_word(kind: str) -> str:
    """What a step of the history of changes was, in a word."""
    return {
        "change": _("change"),
        "import": _("import"),
        "undo": _("undo"),
        "redo": _("redo"),
        "revert": _("revert"),
        "demo": _("demo"),
        "setting": _("setting"),
    }.get(kind, kind)


def backup_word(reason: str) -> str:
    """Why a backup was made, in a few words."""
    return {
        "asked": _("by hand"),
        "day": _("daily"),
        "import": _("before an import"),
        "restore": _("before a restore"),
        "migration": _("before a new version"),
    }.get(reason, reason)


def purpose_word(code: str) -> str:
    """What a self-introduction is for, in a word."""
    return {
        "anyone": _("anyone"),
        "hr": _("HR"),
        "technical": _("technical"),
        "english": _("English"),
    }.get(code, code)


def sentence_mark_word(code: str) -> str:
    """What a sentence of a self-introduction is marked as, in a word; empty for nothing."""
    return {"essential": _("must say"), "optional": _("may go")}.get(code, code)


def promise_word(kind: str) -> str:
    """What a promise is about, in a word."""
    return {"pay": _("pay"), "start": _("start date"), "other": _("promise")}.get(kind, kind)


def mood_word(mood: int | None) -> str:
    """How a round felt, from 1 to 5; empty when that is not said."""
    words = (_("bad"), _("rather bad"), _("so-so"), _("rather good"), _("good mood"))
    return "" if mood is None or not 1 <= mood <= len(words) else words[mood - 1]


def audience_word(code: str) -> str:
    """Whom a question to ask back is for, in a word or two."""
    return {"": _("anyone"), "engineer": _("engineer"), "lead": _("team lead"), "hr": _("HR")}.get(code, code)


def story_part_word(code: str) -> str:
    """A part of a STAR story in one word."""
    return {
        "situation": _("situation"),
        "task": _("task"),
        "action": _("action"),
        "result": _("result"),
    }.get(code, code)


def claim_subject_word(code: str) -> str:
    """What a claim is about; measures and what is counted go by the person's own words."""
    kind, _colon, name = code.partition(":")
    if kind == "measure" and name:
        return name
    return {
        "expected_pay": _("expected pay"),
        "offered_pay": _("offered pay"),
        "current_pay": _("present pay"),
        "pay": _("pay"),
        "start_date": _("first day of work"),
        "availability": _("length of an internship to come"),
        "days_a_week": _("days a week"),
        "graduation": _("graduation"),
        "gpa": _("GPA"),
        "rank": _("rank among students"),
        "exam": _("language and other tests"),
        "internship": _("length of an internship"),
        "experience": _("experience"),
        "team_size": _("size of a team"),
        "placing": _("placing"),
        "percentage": _("percentages"),
        "multiple": _("multiples"),
        "duration": _("durations"),
        "people": _("people"),
        "papers": _("papers"),
        "count": _("things counted"),
        "money": _("amounts"),
        "measure": _("other measures"),
        "date": _("dates"),
    }.get(code, code)


def claim_source_word(code: str) -> str:
    """The kind of text that a claim stands in."""
    return {
        "introduction": _("introduction"),
        "story": _("STAR story"),
        "hr_answer": _("HR answer"),
        "promise": _("promise"),
        "round_note": _("note on a round"),
    }.get(code, code)


def answer_word(kind: str) -> str:
    """What a kind of entry of the agenda asks to be answered; empty for the others."""
    return {"answer": _("answer the offer"), "sign": _("sign the agreement")}.get(kind, "")
