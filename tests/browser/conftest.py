"""One browser for all tests of a process; without one they are skipped, and say why."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium, NoBrowserError, Visit
from tests.screenshots.rasterising import BROWSERS, find_browser

VARIABLE = "ASHORE_BROWSER"
"""Names the browser: then it has to work, and no test is skipped."""

Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    demanded = os.environ.get(VARIABLE, "")
    command = demanded or find_browser()
    if command is None:
        pytest.skip(f"no browser is installed (looked for {', '.join(BROWSERS)}; {VARIABLE} names another)")
    try:
        browser = Chromium(command, tmp_path_factory.mktemp("browser"))
    except NoBrowserError as error:
        if demanded:
            raise
        pytest.skip(f"{command} does not run here: {error}")
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Chromium, tmp_path: Path) -> Open:
    """Opens an HTML document as a file, as a person does."""

    def visit(
        document: str, *, width: int = 1000, height: int = 800, dark: bool = False, picture: bool = False
    ) -> Visit:
        path = tmp_path / "page.html"
        path.write_text(document, encoding="utf-8")
        return chromium.visit(path, width=width, height=height, dark=dark, picture=picture)

    return visit
