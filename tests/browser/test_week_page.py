"""The weekly review in a real browser: nothing is asked for, nothing runs, one sheet of A4."""

import pytest

from prep.week_review_html import as_html
from tests.browser.chromium import A4
from tests.browser.conftest import Open
from tests.prep.test_week_review import NASTY, NOW, applied, review
from tracker.db import Database
from tracker.messages import choose_language

PHONE = 390


@pytest.mark.parametrize("case", ["a full week", "markup everywhere"])
def test_a_week_is_one_sheet_and_does_nothing(database: Database, open_page: Open, case: str) -> None:
    choose_language("zh_CN")
    with database.change("seed", now=NOW) as session:
        for number in range({"a full week": 160, "markup everywhere": 12}.get(case, 0)):
            words = NASTY if case.startswith("markup") else "大模型应用研发工程师" * 3
            applied(session, f"{number:03d} {words}", position=words, days=1)
    visit = open_page(as_html(review(database)), width=PHONE, height=844)
    assert (visit.requests, visit.sent, visit.console, visit.scripts, visit.dialogs) == ((), (), (), 0, ())
    assert not {"script", "img"} & set(visit.elements)
    assert visit.width == PHONE
    assert visit.paper.sizes == (A4,)
    assert ("屏幕上还有" in visit.paper.text) == (case == "a full week")
    assert "屏幕上还有" not in visit.text
