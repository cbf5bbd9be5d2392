"""Picture the main screens into ``tests/screenshots/images``; with ``--png FOLDER`` as PNG files elsewhere too."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).with_name("images")


def main() -> int:
    """Take all pictures, or those that were named; the exit status tells whether any is missing."""
    arguments = _arguments()
    # Read when the program is imported.
    os.environ.update(ASHORE_LANG=arguments.lang, TEXTUAL_ANIMATIONS="none", COLORTERM="truecolor")
    from tests.screenshots.photographing import is_there, make_demo, make_home, named, photograph, write_if_changed
    from tests.screenshots.scenes import SCENES

    arguments.folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    missing = 0
    with tempfile.TemporaryDirectory(prefix="ashore-screenshots-") as name:
        make_home(Path(name))
        for number, scene in enumerate(named(SCENES, arguments.names)):
            if not is_there(scene):
                print(f"no such screen: {scene.title}", file=sys.stderr)
                missing += 1
                continue
            folder = Path(name) / str(number)
            folder.mkdir()
            demo = make_demo(folder / "demo.db")
            svg = asyncio.run(photograph(scene, demo=demo, empty=folder / "empty.db"))
            file = arguments.folder / f"{scene.title}.svg"
            state = "written" if write_if_changed(file, svg) else "unchanged"
            print(f"{file.name}: {state}, {len(svg.encode()) / 1000:.0f} KB")
            files.append(file)
    if arguments.png is not None:
        return _rasterise(files, arguments.png) or int(missing > 0)
    return int(missing > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--png", type=Path, metavar="FOLDER", help="draw PNG files there too")
    parser.add_argument("--folder", type=Path, default=IMAGES, help="where the SVG files go")
    parser.add_argument("--lang", default="zh_CN", choices=("zh_CN", "en"))
    parser.add_argument("names", nargs="*", help="only these, such as home or home-80x24")
    return parser.parse_args()


def _rasterise(files: list[Path], folder: Path) -> int:
    from tests.screenshots.rasterising import find_browser, rasterise

    browser = find_browser()
    if browser is None:
        print("PNG files need Chromium: install chromium (and fonts-noto-cjk).", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        rasterise(file, folder / f"{file.stem}.png", browser=browser)
    print(f"{len(files)} PNG files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
