"""What one number is about: its unit, the word for what it measures, whose pay it is, what part it plays."""

import re
from dataclasses import dataclass

from prep.claims import words
from prep.claims.numbers import Amount

REACH = 30
"""Characters between a word and the number that it tells of at most."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands behind a number."""

    kind: str
    name: str
    factor: float
    end: int
    """Where it ends in the sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a number."""

    before: str
    """Those before it in its sentence."""
    clause: str
    """Those before it in its clause."""
    behind: str
    """Those after it in its clause."""
    around: str
    """The whole clause."""
    asked: str
    """What the sentence answers."""

    def cued(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word stands in the clause, else shortly before it, else in what is answered."""
        return any(pattern.search(part) for part in (self.around, self.before[-REACH:], self.asked))


def read_unit(sentence: str, match: re.Match[str]) -> Unit:
    """The unit behind a number that ``claim_words.QUANTITY`` found; without one its kind is empty."""
    end = match.end()
    if match["hundredth"]:
        return Unit("percentage", "%", 1.0, end)
    at = end
    while at < end + 2 and sentence[at : at + 1] in (" ", "+", "多"):
        at += 1
    found = words.UNIT.match(sentence, at)
    if found is None:
        return Unit("money" if match["currency"] else "", "", 1.0, end)
    _pattern, kind, name, factor = words.UNITS[int(str(found.lastgroup)[1:])]
    end = found.end()
    if kind == "money" and factor > 1 and (counted := words.COUNTED.match(sentence, end)):
        noun = counted[0].strip()
        return Unit("count", "people" if "人" in noun else noun, factor, counted.end())
    if kind == "money" and sentence[end : end + 1] in ("元", "块"):
        end += 1
    return Unit(kind, name, factor, end)


def tell_subject(near: Words, unit: Unit, value: float, *, about_pay: bool) -> tuple[str, str, str] | None:
    """What a number is about: subject, kind, unit; ``None`` where that cannot be told."""
    kind, name = unit.kind, unit.name
    if kind in ("", "score") and (found := _studies(near)):
        return found
    if kind == "money" or (not kind and value >= words.LEAST_A_MONTH and _is_bare_pay(near, about_pay=about_pay)):
        subject = _pay_subject(near, about_pay=about_pay)
        return (subject, "pay", name) if subject else ("money", "money", name)
    measure = _measure(near, has_unit=bool(kind)) if kind not in ("duration", "count") else ""
    if measure:
        return f"measure:{measure}", kind or "measure", name
    if kind == "duration":
        subject = _duration(near, name)
    elif kind == "count":
        subject = _counted(near, name) if value > 1 else ""  # 一个 is an article
    else:
        subject = "" if kind == "score" else kind
    return (subject, kind, name) if subject else None


def tell_date(near: Words, *, has_year: bool) -> str:
    """What a day is: that of graduation, that from which one can start, or any. When one once joined is history."""
    if near.cued(words.GRADUATES):
        return "graduation"
    begins = near.cued(words.BEGAN) and (not has_year or bool(words.BEGAN.search(near.asked)) or near.cued(words.MAY))
    return "start_date" if begins or near.cued(words.STARTS) else "date"


def _counted(near: Words, name: str) -> str:
    if name == "people":
        return "team_size" if words.TEAM.search(near.around) else "people"
    if name == "papers":
        return "papers" if words.PUBLISHED.search(near.around + near.before[-REACH:]) else "count"
    return "papers" if near.behind.lstrip().startswith("论文") else "count"


def _studies(near: Words) -> tuple[str, str, str] | None:
    """Marks of one's studies: GPA 3.8/4.0, 六级 560."""
    tail = near.before[-14:]
    if exams := list(words.EXAM.finditer(tail)):
        exam = re.sub(r"[\s-]", "", exams[-1][0].casefold())
        return "exam", "score", words.SAME_EXAM.get(exam, exam)
    marks = list(words.GPA.finditer(tail))
    if marks and not any(sign.isdigit() for sign in tail[marks[-1].end() :]):
        scale = re.match(r"\s*/\s*(\d+(?:\.\d+)?)", near.behind)
        return "gpa", "gpa", f"of {float(scale[1]):g}" if scale else ""
    return None


def _is_bare_pay(near: Words, *, about_pay: bool) -> bool:
    """Whether a number without a unit follows a word for pay: 期望月薪 25000."""
    tail = near.clause[-8:]
    return bool(about_pay or words.PAY.search(tail)) and not near.behind[:1].isalpha()


def _pay_subject(near: Words, *, about_pay: bool) -> str:
    """Whose pay, or nothing when the money is no pay: the nearest word before the number tells."""
    tail = near.before[-REACH:]
    cues = {"expected_pay": words.EXPECTED, "offered_pay": words.OFFERED, "current_pay": words.CURRENT}
    last = {code: max((found.end() for found in cue.finditer(tail)), default=-1) for code, cue in cues.items()}
    code = max(last, key=lambda key: last[key])
    is_pay = about_pay or near.cued(words.PAY)
    if last[code] >= 0:
        return code if is_pay or code == "expected_pay" else ""
    if not is_pay:
        return ""
    return "expected_pay" if about_pay or words.EXPECTED.search(near.around + near.asked) else "pay"


def pay_unit(near: Words, amount: Amount, currency: str) -> str:
    """Currency and period of pay; without a word for the period its height tells."""
    sign = {"$": "USD ", "€": "EUR ", "£": "GBP "}.get(currency, "")
    for pattern, period in ((words.A_DAY, "day"), (words.A_YEAR, "year"), (words.A_MONTH, "month")):
        if pattern.search(near.around):
            return f"{sign}{period}"
    high = amount.low if amount.high == float("inf") else amount.high
    return sign + ("year" if high >= words.LEAST_A_YEAR else "month" if high >= words.LEAST_A_MONTH else "day")


def _duration(near: Words, unit: str) -> str:
    tail = near.before[-REACH:]
    if unit == "day" and (words.A_WEEK.search(tail[-12:]) or words.A_WEEK.match(near.behind.lstrip())):
        return "days_a_week"
    if words.AVAILABLE.search(tail + near.around[len(near.clause) :]) or words.AVAILABLE.search(near.asked):
        return "availability"
    if words.INTERNED.search(near.around):
        return "internship"
    return "experience" if words.EXPERIENCED.search(near.behind[:16]) else "duration"


def _measure(near: Words, *, has_unit: bool) -> str:
    """The measure that a figure belongs to: the last one before it; without a unit only such words lead from it."""
    tail = near.before[-REACH:]
    found = list(words.MEASURE.finditer(tail))
    if found and (has_unit or words.LEADS_TO_FIGURE.fullmatch(tail[found[-1].end() :])):
        return found[-1][0].casefold()
    behind = words.MEASURE.match(near.behind.lstrip(" 的")) if has_unit else None
    return behind[0].casefold() if behind else ""


def tell_role(clause: str, subject: str, behind: str) -> str:
    """What part a number plays: from (where it began), change (by how much), lowest, highest; empty for the rest."""
    tail = clause[-14:]
    if subject.endswith("pay"):
        nearby = clause[-8:]
        return "lowest" if words.LOWEST.search(nearby) else "highest" if words.HIGHEST.search(nearby) else ""
    if subject in words.PERSONAL:
        return ""
    if words.FROM.search(tail) or words.TO_BEHIND.match(behind):
        return "from"
    return "change" if words.CHANGE.search(tail) or words.CHANGE_BY.search(clause) else ""
