"""Days, months and years in running text, of which any part may be left unsaid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - read like a calendar
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DATE = re.compile(
    rf"(?<![\d./A-Za-z-])(?P<year>{_YEAR})\s*(?:年|[./-](?=\s*\d))\s*(?P<month>1[0-2]|0?[1-9])(?![\d])"
    r"(?:\s*(?:月|[./-](?=\s*\d))\s*(?P<day>3[01]|[12]\d|0?[1-9])(?![\d])\s*[日号]?|\s*月[初底末]?份?)?"
    rf"|(?<!\d)(?P<class>{_YEAR}|[12]\d)\s*届"
    rf"|(?<![\d.])(?P<only>{_YEAR})\s*年"
    r"|(?<![\d.])(?P<month2>1[0-2]|[1-9])\s*月\s*(?P<day2>3[01]|[12]\d|[1-9])\s*[日号]"
    r"|(?<![\d.])(?P<month3>1[0-2]|[1-9])\s*月(?:[初中底末]|份|(?=[以之到入毕前后起开]))?(?!薪)"
    rf"|\b(?P<name>{_MONTH})\s+(?:(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?\s*)?(?P<year4>{_YEAR})?\b",
    re.IGNORECASE,
)
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it was written."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Year, month, day."""
        return self.year, self.month, self.day


def read_dates(text: str) -> Iterator[WrittenDate]:
    """The dates of a text, from left to right."""
    for match in _DATE.finditer(text):
        year = match["year"] or match["only"] or match["year4"] or match["class"]
        month = match["month"] or match["month2"] or match["month3"]
        if match["name"]:
            if not (match["day4"] or match["year4"]):
                continue  # may is a verb
            month = str(_MONTHS.index(match["name"][:3].casefold()) + 1)
        day = match["day"] or match["day2"] or match["day4"]
        number = int(year) if year else None
        if number is not None and number < _CENTURY and match["class"] and len(match["class"]) == 2:  # noqa: PLR2004 - 26 届
            number += _CENTURY
        yield WrittenDate(match.start(), match.end(), number, int(month) if month else None, int(day) if day else None)
