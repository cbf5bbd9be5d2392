"""``ashore agenda`` and ``ashore follow-ups``."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.cli.running import Ashore
from tests.tracker.exports.planning import NOW, add, at, make_hunt, plan
from tracker.applications import At
from tracker.cli import agenda as command
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import move_to, set_pool

HUNT = """\
Today Wed 03-25
  14:00–15:00  in 4 hours   快手      一面             腾讯会议 123-456-789
  by 18:00     in 8 hours   美团      apply
  by 23:59     in 14 hours  得物      apply

Tomorrow Thu 03-26
  by 14:00     in 28 hours  海康威视  测评 (window)    北森

Fri 03-27
  all day                   得到      HR面
  09:00        in 47 hours  Stripe    二面             Zoom
      there Thu 03-26 21:00 (America/New_York)

Some day in 2026-03
  —                         百度      笔试
"""


@pytest.fixture
def hunt(database: Database) -> Database:
    make_hunt(database)
    return database


def silence(database: Database, company: str, stage: str, days: int) -> int:
    """Adds an application that was last heard of so many days ago."""
    application_id = add(database, company)
    with database.change("move", now=NOW) as session:
        at_that_time = At.minute(NOW - timedelta(days=days))
        move_to(session, application_id=application_id, label=stage, now=NOW, at=at_that_time)
    return application_id


def names(ran: Any) -> list[str]:
    return [entry["company"] for entry in ran.document["entries"]]


def test_the_agenda_for_people(ashore: Ashore, hunt: Database) -> None:
    shown = ashore("agenda")
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert lines == [" ".join(line.split()) for line in HUNT.splitlines()]
    assert (shown.exit_code, shown.stderr) == (0, "")


def test_columns_are_aligned_by_what_the_terminal_shows(ashore: Ashore, hunt: Database) -> None:
    from tracker.cell_width import display_width

    lines = ashore("agenda").stdout.splitlines()
    columns = [
        display_width(line[: line.index(name)])
        for name in ("快手", "美团", "海康威视", "得到", "Stripe", "百度")
        for line in lines
        if name in line
    ]
    assert len(set(columns)) == 1


def test_the_agenda_as_json(ashore: Ashore, hunt: Database) -> None:
    document = ashore("agenda", "--json").document
    assert (document["begin"], document["end"]) == ("2026-03-25T10:00:00+08:00", "2026-04-01T10:00:00+08:00")
    by_key = {entry["key"]: entry for entry in document["entries"]}
    assert by_key["round-2"] == {
        "key": "round-2",
        "kind": "round",
        "application": 2,
        "company": "Stripe",
        "tier": None,
        "position": "",
        "stage": "二面",
        "phase": "interview",
        "text": "",
        "at": "2026-03-27T09:00:00+08:00",
        "ends_at": None,
        "precision": "minute",
        "timezone": "America/New_York",
        "said_at": "2026-03-26T21:00:00-04:00",
        "place": "Zoom",
        "link": "",
        "round": 2,
        "item": None,
        "blocking": False,
        "overdue": False,
        "silent_days": None,
        "in_pool": False,
        "clashes": [],
    }
    assert (by_key["round-4"]["at"], by_key["round-5"]["at"]) == ("2026-03-27", "2026-03")
    assert (by_key["deadline-6"]["at"], by_key["deadline-6"]["ends_at"]) == (None, "2026-03-25T18:00:00+08:00")
    assert document["clashes"] == []
    assert json.dumps(sorted(by_key["round-1"])) == json.dumps(sorted(by_key["deadline-6"]))


@pytest.mark.parametrize(
    ("arguments", "companies"),
    [
        (("--within", "24h"), ["快手", "美团", "得物", "海康威视"]),
        (("--within", "1d"), ["快手", "美团", "得物", "海康威视"]),
        (("--within", "300m"), ["快手", "海康威视"]),
        (("--within", "5小时"), ["快手", "海康威视"]),
        (("--within", "2 W"), ["快手", "美团", "得物", "海康威视", "得到", "Stripe", "百度"]),
        (("--from", "2026-03-27", "--within", "1d"), ["得到", "Stripe"]),
        (("--from", "后天", "--within", "1d"), ["得到", "Stripe"]),
        (("--from", "2026-03-27T09:30", "--within", "1d"), ["得到", "Stripe"]),
        (("--from", "3.28"), ["百度"]),
        (("--view", "day"), ["快手", "美团", "得物", "海康威视"]),
        (("--view", "day", "--from", "tomorrow"), ["海康威视"]),
        (("--view", "week"), ["快手", "美团", "得物", "海康威视", "得到", "Stripe", "百度"]),
        (("--view", "month", "--from", "2026-04-09"), []),
        (("--kind", "round", "--within", "7d"), ["快手", "得到", "Stripe", "百度"]),
        (("--kind", "window", "--kind", "deadline"), ["美团", "得物", "海康威视"]),
        (("--kind", "follow-up"), []),
    ],
)
def test_a_period_and_some_kinds(
    ashore: Ashore, hunt: Database, arguments: tuple[str, ...], companies: list[str]
) -> None:
    found = names(ashore("agenda", "--json", *arguments))
    assert sorted(found) == sorted(companies)


@pytest.mark.parametrize(
    ("view", "begin", "end"),
    [
        ("day", "2026-03-25T00:00:00+08:00", "2026-03-26T00:00:00+08:00"),
        ("week", "2026-03-23T00:00:00+08:00", "2026-03-30T00:00:00+08:00"),
        ("month", "2026-03-01T00:00:00+08:00", "2026-04-01T00:00:00+08:00"),
    ],
)
def test_a_view_is_a_whole_day_week_or_month(ashore: Ashore, hunt: Database, view: str, begin: str, end: str) -> None:
    document = ashore("agenda", "--view", view, "--json").document
    assert (document["begin"], document["end"]) == (begin, end)


@pytest.mark.parametrize("text", ["", "h", "24", "0h", "-1d", "3x", "1e3d", "99999999999999w", "４d", "24h 7d"])
def test_a_period_that_cannot_be_read_is_refused(ashore: Ashore, hunt: Database, text: str) -> None:
    ran = ashore("agenda", "--within", text)
    assert (ran.exit_code, "is no period" in ran.stderr) == ((1, True) if text else (0, False))


def test_a_day_that_cannot_be_read_is_refused(ashore: Ashore, hunt: Database) -> None:
    assert "is no day" in ashore("agenda", "--from", "2月31日").reason
    assert ashore("agenda", "--from", "9999-12-31", "--quiet").exit_code == 1
    assert ashore("agenda", "--view", "week", "--within", "7d").exit_code == 2


def test_quiet_prints_nothing_and_exits_1_when_nothing_is_due(ashore: Ashore, hunt: Database) -> None:
    assert ashore("agenda", "--within", "24h", "--quiet").stdout.startswith("Today")
    for more in ((), ("--json",), ("--notify",)):
        ran = ashore("agenda", "--within", "24h", "--quiet", "--from", "2026-06-01", *more)
        assert (ran.exit_code, ran.stdout, ran.stderr) == (1, "", "")
    ran = ashore("agenda", "--within", "24h", "--from", "2026-06-01")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "Nothing is due.\n")


def test_silence_alone_is_not_due_within_hours(ashore: Ashore, database: Database) -> None:
    silence(database, "小红书", "投递", 30)
    assert ashore("agenda", "--within", "24h", "--quiet").exit_code == 1
    assert names(ashore("agenda", "--json")) == ["小红书"]
    assert names(ashore("agenda", "--json", "--from", "2026-05-01")) == []
    assert names(ashore("agenda", "--json", "--within", "24h", "--kind", "follow-up")) == ["小红书"]


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--quiet",)])
def test_without_a_database_nothing_is_due_and_none_is_made(
    run: Ashore, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = run("--db", tmp_path / "none.db", "agenda", *arguments)
    assert ran.exit_code == (1 if "--quiet" in arguments else 0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_refused(run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database" * 20, encoding="utf-8")
    assert "not touched" in run("--db", path, "agenda").reason


def test_clashes_are_said_in_words_and_in_json(ashore: Ashore, database: Database) -> None:
    plan(database, "快手", "一面", at(4), at(5))
    plan(database, "得到", "二面", at(4.5))
    plan(database, "美团", "笔试", at(-20), at(1))
    plan(database, "海康威视", "测评", at(-20), at(6.5))
    text = ashore("agenda").stdout
    assert "CLASH with 得到 二面 14:30" in text
    assert "CLASH with 快手 一面 14:00–15:00" in text
    assert "CLASH: only 60 minutes of it are left" in text
    document = ashore("agenda", "--json").document
    assert document["clashes"] == [
        {"first": "round-1", "second": "round-2", "kind": "overlap", "free_minutes": None},
        {"first": "round-3", "second": None, "kind": "window", "free_minutes": 60},
    ]
    plan(database, "百度", "一面", at(1), at(3.5))
    assert "CLASH: only 60 minutes at a stretch are free in it, beside 快手 一面 14:00–15:00" in ashore("agenda").stdout


def test_what_people_wrote_is_printed_as_text(ashore: Ashore, database: Database) -> None:
    plan(database, "[/x]", "一面", at(4), platform="\x1b]52;c;x\x07[mask]")
    shown = ashore("agenda").stdout
    assert "[/x]" in shown
    assert "[mask]" in shown
    assert "\x1b" not in shown


def test_the_limits_of_the_settings_count(
    ashore: Ashore, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(database, "小红书", "投递", 20)
    path = tmp_path / "config.toml"
    path.write_text("[silence]\napplied = 21\n", encoding="utf-8")
    assert len(ashore("follow-ups", "--json").document) == 1
    monkeypatch.setenv("ASHORE_CONFIG", str(path))
    assert ashore("follow-ups", "--json").document == []


Sent = list[tuple[str, str]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    found: Sent = []
    monkeypatch.setattr("tracker.notifications.send_notification", lambda title, text: found.append((title, text)))
    return found


def test_a_notification_tells_the_first_entries(ashore: Ashore, hunt: Database, sent: Sent) -> None:
    ran = ashore("agenda", "--within", "24h", "--notify")
    assert ran.stdout.startswith("Today")
    assert sent == [
        (
            "4 things are due",
            "today 14:00 快手 一面\ntoday 18:00 美团 apply\ntoday 23:59 得物 apply\ntomorrow 14:00 海康威视 测评 (window)",
        )
    ]


def test_no_notification_when_nothing_is_due(ashore: Ashore, database: Database, sent: Sent) -> None:
    assert ashore("agenda", "--notify").exit_code == 0
    assert sent == []


def test_a_notification_that_cannot_be_sent_is_said_after_the_agenda(
    ashore: Ashore, hunt: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_title: str, _text: str) -> None:
        raise RefusedError("No notification: there is no notify-send here.")

    monkeypatch.setattr("tracker.notifications.send_notification", refuse)
    ran = ashore("agenda", "--notify")
    assert (ran.exit_code, ran.stdout.startswith("Today")) == (1, True)
    assert ran.stderr == "No notification: there is no notify-send here.\n"


def test_follow_ups_are_listed_the_longest_silence_first(ashore: Ashore, database: Database) -> None:
    silence(database, "小红书", "投递", 30)
    pooled = silence(database, "拼多多", "一面", 50)
    with database.change("pool", now=NOW) as session:
        set_pool(session, application_id=pooled, now=NOW, at=At.minute(NOW - timedelta(days=45)))
    assert ashore("follow-ups").stdout == "2  拼多多  一面  45 d  in the pool\n1  小红书  投递  30 d\n"
    assert [entry["silent_days"] for entry in ashore("follow-ups", "--json").document] == [45, 30]
    assert "To follow up (2)" in ashore("agenda").stdout


def test_nothing_to_follow_up(ashore: Ashore, run: Ashore, tmp_path: Path) -> None:
    assert ashore("follow-ups").stderr == "Nothing was silent for too long.\n"
    assert "Nothing is here yet" in run("--db", tmp_path / "none.db", "follow-ups").stderr


@pytest.mark.parametrize(("how", "stands"), [("--ask", "二面"), ("--pool", "二面"), ("--close", "二面")])
def test_several_are_resolved_in_one_step(ashore: Ashore, database: Database, how: str, stands: str) -> None:
    first, second = silence(database, "小红书", "二面", 30), silence(database, "拼多多", "二面", 40)
    document = ashore("follow-ups", how, str(first), "拼多多", "--json").document
    assert [(done["application"], done["company"]) for done in document["resolved"]] == [
        (first, "小红书"),
        (second, "拼多多"),
    ]
    after = document["resolved"][0]["after"]
    assert (after["stage"], after["in_pool"], after["outcome"]) == (
        stands,
        how == "--pool",
        "rejected" if how == "--close" else None,
    )
    assert document["name"].startswith("小红书, 拼多多: ")
    assert ashore("follow-ups", "--json").document == []
    ashore("undo")
    assert len(ashore("follow-ups", "--json").document) == 2


def test_resolving_for_people(ashore: Ashore, database: Database) -> None:
    silence(database, "小红书", "投递", 30)
    assert ashore("follow-ups", "--ask", "小红书").stdout.splitlines()[0] == (
        "小红书: asked how it stands (1 application)"
    )


def test_what_cannot_be_resolved_is_refused_and_nothing_is_written(ashore: Ashore, database: Database) -> None:
    application_id = silence(database, "小红书", "投递", 30)
    silence(database, "拼多多", "投递", 3)
    changes = ashore("changes", "--json").document
    assert "no application #99;" in ashore("follow-ups", "--ask", str(application_id), "99").reason
    assert "was not silent" in ashore("follow-ups", "--ask", "拼多多").reason
    assert ashore("follow-ups", "--ask", "没有这家").exit_code == 1
    assert "at least one" in ashore("follow-ups", "--close").reason
    assert ashore("follow-ups", "小红书").exit_code == 2
    assert ashore("changes", "--json").document == changes


def test_a_long_list_is_counted(ashore: Ashore, database: Database) -> None:
    for number in range(14):
        silence(database, f"公司{number}", "投递", 20 + number)
    text = ashore("agenda").stdout
    assert "To follow up (14)" in text
    assert "… and 2 more" in text
    assert len(ashore("follow-ups").stdout.splitlines()) == 14


def test_it_is_shown_without_the_orm(hunt: Database) -> None:
    code = (
        "import sys\n"
        "from tracker.cli.program import program\n"
        "program(['--db', sys.argv[1], '--now', '2026-03-25T10:00:00', 'agenda'], standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'rich', 'pypinyin', 'icalendar', 'dateutil', 'json'}\n"
        "print('heavy:', *sorted(heavy & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(hunt.path)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "heavy:"


def test_every_kind_has_a_name_on_the_command_line() -> None:
    assert set(command.KINDS) == {"round", "window", "deadline", "answer", "sign", "item", "follow-up"}
