"""A person's companies and applications, and a proposal in one line, for the tests of what lines mean."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracker.capture.book import BookApplication, BookCompany, CompanyBook
from tracker.capture.proposals import Proposal
from tracker.capture.reading import read_lines
from tracker.stages import Precision

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday."""

_SINCE = datetime(2026, 3, 10, tzinfo=UTC)


def application(
    number: int, company: int, stage: str, phase: str, *, position: str = "", **other: Any
) -> BookApplication:
    """An application that stands in its stage since 10 March."""
    plain = BookApplication(number, company, position, "", phase, stage, "", True, False, _SINCE, "day")
    return plain._replace(**other)


def company(number: int, names: str, *applications: BookApplication, pinyin: str = "", tier: str = "A") -> BookCompany:
    """A company by its names, separated by spaces."""
    written = tuple(names.split())
    return BookCompany(number, written[0], written, tier, pinyin, applications)


BOOK = CompanyBook(
    (
        company(
            1,
            "字节跳动 字节 ByteDance",
            application(1, 1, "一面", "interview", position="后端"),
            pinyin="zijie zj zjtd",
        ),
        company(2, "腾讯 Tencent", application(2, 2, "一面", "interview"), pinyin="tengxun tx"),
        company(3, "美团 Meituan", pinyin="meituan mt"),
        company(4, "荣耀", application(4, 4, "投递", "applied", position="云服务后端"), pinyin="rongyao ry"),
        company(5, "哔哩哔哩 B站 bilibili", application(5, 5, "笔试", "written_test")),
        company(
            6,
            "快手",
            application(6, 6, "二面", "interview", position="算法"),
            application(7, 6, "投递", "applied", position="后端开发"),
            pinyin="kuaishou ks",
        ),
        company(7, "海康威视 海康"),
        company(8, "得到", pinyin="dedao dd"),
        company(9, "自如"),
        company(10, "一点资讯"),
        company(11, "百度", application(11, 11, "offer", "offer", outcome="offer")),
        company(12, "华为", application(12, 12, "一面", "closed", outcome="rejected", active=False)),
        company(13, "京东 JD", application(13, 13, "二面", "interview")),
        company(14, "小红书", application(14, 14, "三面", "interview")),
        company(15, "米哈游", application(15, 15, "二面", "interview", in_pool=True)),
        company(16, "携程", application(16, 16, "意向", "intent", position="前端")),
    )
)


def told(proposal: Proposal) -> str:
    """A proposal in one line: action, company, application, position, stage, outcome, time, place, and the rest."""
    moment = ""
    if proposal.at is not None:
        form = "%m-%d %H:%M" if proposal.precision == Precision.MINUTE else "%m-%d"
        moment = proposal.at.strftime(form)
        if proposal.ends_at is not None:
            moment += proposal.ends_at.strftime("…%m-%d %H:%M" if proposal.precision == Precision.MINUTE else "…%m-%d")
    number = f"#{proposal.application_id}" if proposal.application_id is not None else "+"
    asked = "✗" if proposal.refusal else "?" if proposal.question else ""
    words = (
        str(proposal.action),
        f"{proposal.company}{number}",
        f"[{proposal.position}]" if proposal.position else "",
        proposal.stage,
        proposal.outcome,
        proposal.manner,
        moment,
        f"@{proposal.place}" if proposal.place else "",
        asked,
    )
    return " ".join(word for word in words if word)


def read(text: str, book: CompanyBook = BOOK) -> tuple[str, ...]:
    """What a text proposes, each in one line; why it proposes nothing, in brackets."""
    reading = read_lines(text, book=book, now=NOW)
    if reading.silence is not None:
        return (f"({reading.silence})",)
    return tuple(told(proposal) for proposal in reading.proposals)


def only(text: str, book: CompanyBook = BOOK) -> Proposal:
    """The one proposal of a text."""
    proposals = read_lines(text, book=book, now=NOW).proposals
    assert len(proposals) == 1
    return proposals[0]
