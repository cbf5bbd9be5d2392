"""A small board as values, for the tests of what is shown of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.board import BoardRow, projected

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def row(number: int, company: str, **values: object) -> BoardRow:
    defaults: dict[str, object] = dict.fromkeys(BoardRow._fields, "")
    defaults |= {"application_id": number, "company_id": number, "company": company, "in_pool": 0, "active": 1}
    defaults |= {"phase": "applied", "stage": "投递", "since_precision": "minute", "search": company.casefold()}
    defaults |= {"next_precision": "minute", "season_id": None, "preference": None}
    return BoardRow(**(defaults | values))  # type: ignore[arg-type]


def hours(count: float) -> str:
    return projected(NOW + timedelta(hours=count))


ROWS = {
    found.application_id: found
    for found in (
        row(
            1,
            "快手",
            tier="S",
            phase="interview",
            stage="一面",
            next_at=hours(28),
            since_at=hours(-48),
            tags="急",
            changed_at=hours(-4),
        ),
        row(
            2,
            "字节跳动",
            tier="S",
            phase="interview",
            stage="二面",
            in_pool=1,
            since_at=hours(-500),
            changed_at=hours(-6),
        ),
        row(
            3,
            "海康",
            tier="A",
            phase="closed",
            stage="测评",
            outcome="rejected",
            active=0,
            since_at=hours(-24),
            changed_at=hours(-2),
        ),
        row(
            4,
            "美团",
            tier="B",
            batch="正式批",
            since_at=hours(-100),
            search="美团\nmeituan mt\n后端",
            changed_at=hours(-5),
        ),
        row(
            5,
            "腾讯",
            tier="A",
            phase="intent",
            stage="意向",
            deadline_at=hours(5),
            tags="杭州\n急 件\nHangzhou",
            changed_at=hours(-1),
        ),
        row(
            6, "高通", tier="N", phase="assessment", stage="测评", next_at=hours(-9), next_ends_at=hours(3), season_id=2
        ),
        row(
            7,
            "百度",
            tier="C",
            phase="interview",
            stage="HR面",
            next_at=hours(-9),
            since_at=hours(-9),
            changed_at=hours(-3),
        ),
    )
}
