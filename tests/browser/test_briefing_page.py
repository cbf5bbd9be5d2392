"""The briefing in a real browser: nothing is asked for, nothing runs, and each round is one sheet of A4."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from prep.briefings.briefing import Briefing, Hour
from prep.briefings.html_format import as_html, day_as_html
from tests.browser.chromium import A4
from tests.browser.conftest import Open
from tests.prep.briefings import full
from tests.prep.briefings.test_formats import BRIEFING
from tracker.messages import choose_language

ZONE = ZoneInfo("Asia/Shanghai")
PHONE = 390

CASES = {
    "ordinary": BRIEFING,
    "five long HR answers": full.LONG_ANSWERS,
    "huge notes": full.HUGE_NOTES,
    "five hundred questions": full.ASKED_A_LOT,
    "wide letters": full.WIDE_LETTERS,
    "markup everywhere": full.HOSTILE,
    "markup everywhere, a week before": replace(full.HOSTILE, hour=Hour.FAR),
}


@pytest.mark.parametrize("briefing", CASES.values(), ids=CASES)
def test_a_briefing_is_one_sheet_and_does_nothing(briefing: Briefing, open_page: Open) -> None:
    choose_language("zh_CN")
    visit = open_page(as_html(briefing, zone=ZONE), width=PHONE, height=844)
    assert (visit.requests, visit.sent, visit.console, visit.scripts, visit.dialogs) == ((), (), (), 0, ())
    assert visit.title.startswith(briefing.company[:2])
    assert not {"script", "img"} & set(visit.elements)
    assert visit.width == PHONE
    assert visit.paper.sizes == (A4,)


def test_three_rounds_of_a_day_are_three_sheets(open_page: Open) -> None:
    visit = open_page(day_as_html([BRIEFING, full.HUGE_NOTES, full.HOSTILE], zone=ZONE))
    assert visit.paper.sizes == (A4, A4, A4)
    assert "more in Ashore" in visit.paper.text
    assert "more in Ashore" not in visit.text
