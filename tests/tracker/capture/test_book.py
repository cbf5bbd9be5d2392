"""The book of companies: names that find them, read from the database without the ORM."""

import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.tracker.capture.lines import BOOK, company
from tracker import companies, pipeline
from tracker.applications import At, add_application
from tracker.capture.book import BookApplication, CompanyBook, find_company, load_book
from tracker.db import Database
from tracker.known_companies import known_companies
from tracker.resources import resource
from tracker.seasons import add_season

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("name", ["字节", "ＢｙｔｅＤａｎｃｅ", "bytedance", "字节跳动"])
def test_any_of_its_names_finds_a_company(name: str) -> None:
    found = BOOK.named(name)
    assert found is not None
    assert found.name == "字节跳动"


@pytest.mark.parametrize(
    ("letters", "names"),
    [("zijie", ["字节跳动"]), ("ZJTD", ["字节跳动"]), ("tx", ["腾讯"]), ("x", []), ("tengx", []), ("腾讯", [])],
)
def test_letters_find_by_pinyin_and_initials(letters: str, names: list[str]) -> None:
    assert [found.name for found in BOOK.typed(letters)] == names


def test_a_well_known_name_finds_the_persons_own_company_under_another_name() -> None:
    book = CompanyBook((company(1, "字节"),))
    found = find_company("ByteDance", book)
    assert found is not None
    assert (found.id, found.name) == (1, "字节")


def test_a_well_known_company_has_no_id_and_an_unknown_one_is_not_there() -> None:
    known = find_company("Bilibili", CompanyBook())
    assert known is not None
    assert (known.id, known.name, known.applications) == (None, "哔哩哔哩", ())
    assert find_company("某某某", CompanyBook()) is None


def test_a_missing_database_is_an_empty_book(tmp_path: Path) -> None:
    assert load_book(tmp_path / "none.db").companies == ()


def test_a_database_as_a_book(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        add_season(session, name="2025 秋招", now=NOW, make_current=True)
        company_id = companies.add_company(session, name="海潮云", now=NOW, tier="A", aliases=["Haichao"])
        old = add_application(session, company_id=company_id, now=NOW, position="后端")
        pipeline.move_to(session, application_id=old, label="一面", now=NOW, at=At.day(NOW))
        add_season(session, name="2026 春招", now=NOW, make_current=True)
        new = add_application(session, company_id=company_id, now=NOW, position="算法", batch="春招")
    (found,) = load_book(database.path).companies
    assert (found.id, found.name, found.names, found.tier) == (company_id, "海潮云", ("海潮云", "Haichao"), "A")
    assert "haichaoyun" in found.pinyin.split()
    first, second = found.applications
    assert isinstance(first, BookApplication)
    assert (first.id, first.position, first.stage, first.phase, first.is_current) == (
        old,
        "后端",
        "一面",
        "interview",
        False,
    )
    assert first.since_at is not None
    assert (first.since_at.tzinfo is not None, first.since_precision) == (True, "day")
    assert (second.id, second.batch, second.stage, second.active, second.is_current) == (
        new,
        "春招",
        "意向",
        True,
        True,
    )


def test_the_shipped_companies_are_read_as_toml_would_read_them() -> None:
    with resource("data", "companies.toml").open("rb") as file:
        entries = tomllib.load(file)["company"]
    assert [(known.name, known.tier, list(known.aliases)) for known in known_companies()] == [
        (entry["name"], entry["tier"], entry.get("aliases", [])) for entry in entries
    ]


def test_reading_a_line_loads_nothing_heavy(database: Database) -> None:
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from tracker.capture.book import load_book\n"
        "from tracker.capture.reading import read_lines\n"
        f"book = load_book(Path({str(database.path)!r}))\n"
        "reading = read_lines('快手 二面 周三 14:00', book=book, now=datetime(2026, 3, 25, tzinfo=UTC))\n"
        "assert reading.proposals\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pypinyin', 'rapidfuzz', 'alembic', 'pandas', 'textual', 'click', 'dateutil'}\n"
        "print(*sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
