"""What the tests of importing share: texts imported as files, each import a minute later than the one before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from prep.importing import ImportReport, import_files
from tracker.db import Database

ZONE = ZoneInfo("Asia/Shanghai")

ImportTexts = Callable[..., ImportReport]


@pytest.fixture
def import_texts(database: Database, tmp_path: Path, clock: Callable[[], datetime]) -> ImportTexts:
    """Imports texts as files, given by name, in one step."""
    minutes = iter(range(1000))

    def run(texts: dict[str, str], **options: object) -> ImportReport:
        paths = [tmp_path / name for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        now = clock() + timedelta(minutes=next(minutes))
        return import_files(database, paths, now=now, zone=ZONE, **options)  # type: ignore[arg-type]

    return run
