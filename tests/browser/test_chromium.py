"""The harness sees what it is there for: a request, an error, a script, a second sheet of paper."""

from pathlib import Path

import pytest

from tests.browser.chromium import A4, Chromium, NoBrowserError
from tests.browser.conftest import Open
from tracker.reports.page import POLICY, page, written

MISCHIEF = """
<title>before</title><body>
<img src="http://127.0.0.1:8123/a.png" onerror="document.title = 'handler ran'">
<link rel="stylesheet" href="https://example.com/a.css">
<script>console.log("a print"); fetch("https://example.org/b").catch(() => 0); alert("a dialog")</script>
<script>throw new Error("a mistake")</script>
<a href="javascript:alert(1)">a link</a>
<p style="width: 1500px; height: 3000px">wide and long</p>
"""


def test_requests_errors_scripts_and_dialogs_are_caught(open_page: Open) -> None:
    visit = open_page(f"<!doctype html>{MISCHIEF}")
    assert visit.requests == ("http://127.0.0.1:8123/a.png", "https://example.com/a.css", "https://example.org/b")
    assert sorted(line.rsplit(" ", 1)[0] for line in visit.sent) == [
        "CONNECT example.com:443",
        "CONNECT example.org:443",
        "GET http://127.0.0.1:8123/a.png",
    ]
    console = "\n".join(visit.console)
    assert "a print" in console
    assert "Error: a mistake" in console
    assert "Failed to load resource" in console
    assert (visit.title, visit.scripts, visit.dialogs) == ("handler ran", 3, ("a dialog",))
    assert visit.addresses == ("javascript:alert(1)",)
    assert visit.elements.count("script") == 2
    assert visit.width > 1000
    assert len(visit.paper.sizes) > 1
    assert set(visit.paper.sizes) != {A4}


def test_the_policy_of_a_page_stops_what_should_ever_get_into_it(open_page: Open) -> None:
    visit = open_page(f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}">{MISCHIEF}')
    assert (visit.sent, visit.scripts, visit.dialogs, visit.title) == ((), 0, (), "before")
    assert sum("Content Security Policy" in line for line in visit.console) > 3


def test_a_page_of_the_shell_does_nothing_of_it(open_page: Open) -> None:
    visit = open_page(page("标题", written(MISCHIEF), language="zh_CN"), picture=True)
    assert (visit.requests, visit.sent, visit.console, visit.scripts, visit.dialogs) == ((), (), (), 0, ())
    assert visit.title == "标题"
    assert "<script>throw new Error" in visit.text
    assert "script" not in visit.elements
    assert "img" not in visit.elements
    assert visit.addresses == ("http://127.0.0.1:8123/a.png", "https://example.com/a.css", "https://example.org/b")
    assert visit.paper.sizes == (A4,)
    assert "wide and long" in visit.paper.text
    assert visit.picture.startswith(b"\x89PNG")


def test_one_visit_leaves_nothing_to_the_next(open_page: Open) -> None:
    open_page("<!doctype html><script>localStorage.x = 1; console.error('first')</script>")
    visit = open_page("<!doctype html><title>second</title>")
    assert (visit.title, visit.console, visit.scripts) == ("second", (), 0)


@pytest.mark.parametrize("command", ["/bin/false", "/nowhere/chromium"])
def test_a_browser_that_does_not_start_is_said(command: str, tmp_path: Path) -> None:
    with pytest.raises(NoBrowserError):
        Chromium(command, tmp_path)
