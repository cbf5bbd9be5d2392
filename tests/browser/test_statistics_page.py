"""The report on the hunt in a real browser: it asks for nothing, runs nothing, fits a phone and breaks on A4."""

from tests.browser.chromium import A4
from tests.browser.conftest import Open
from tests.tracker.reports.test_statistics_report import HOSTILE, hunt
from tracker.messages import choose_language
from tracker.reports.statistics_html import statistics_html
from tracker.reports.statistics_sections import arrange_statistics

PHONE = 390


def test_the_report_does_nothing_and_fits_a_phone(open_page: Open) -> None:
    choose_language("zh_CN")
    document = statistics_html(arrange_statistics(hunt(30, HOSTILE), season=HOSTILE), language="zh_CN")
    visit = open_page(document, width=PHONE, height=844, dark=True)
    assert (visit.requests, visit.sent, visit.console, visit.scripts, visit.dialogs) == ((), (), (), 0, ())
    assert visit.title == "求职统计"
    assert not {"script", "img"} & set(visit.elements)
    assert visit.elements.count("svg") == 6
    assert visit.width == PHONE
    assert visit.addresses == ()


def test_the_printed_report_has_its_charts_and_leaves_folded_tables_out(open_page: Open) -> None:
    visit = open_page(statistics_html(arrange_statistics(hunt(30)), language="en"))
    assert set(visit.paper.sizes) == {A4}
    assert len(visit.paper.sizes) <= 7
    assert "How long an answer takes" in visit.paper.text
    assert "The numbers" not in visit.paper.text
