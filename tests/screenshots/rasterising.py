"""SVG to PNG through a browser without a window, to look at what was drawn."""

import re
import shutil
import subprocess
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_SIZE = re.compile(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')


def find_browser() -> str | None:
    """The browser's command, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def rasterise(svg: Path, png: Path, *, browser: str) -> None:
    """Draw an SVG file as a PNG file of the same size.

    Raises:
        subprocess.CalledProcessError: the browser failed; its messages are in the exception.
    """
    size = _SIZE.search(svg.read_text(encoding="utf-8"))
    width, height = (round(float(size[name])) for name in ("width", "height")) if size else (1600, 1100)
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            f"--screenshot={png}",
            svg.resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
