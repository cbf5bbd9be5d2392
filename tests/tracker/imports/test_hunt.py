"""Lists and logs in the styles that people use. The docstring of a document is the document."""

import inspect
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.imports.document import document_from_text
from tracker.imports.hunt import FoundApplication, HuntFindings, parse_hunt

TODAY = date(2026, 3, 25)


def read(text: str, **more: object) -> HuntFindings:
    return parse_hunt(document_from_text(text, path="notes.md"), today=TODAY, **more)  # type: ignore[arg-type]


def of(function: Callable[[], None]) -> HuntFindings:
    return read(inspect.cleandoc(function.__doc__ or ""))


def names(findings: HuntFindings) -> dict[str, list[str]]:
    tiers: dict[str, list[str]] = {}
    for company in findings.companies:
        written = f"{company.name}（{company.annotation}）" if company.annotation else company.name
        tiers.setdefault(company.tier, []).append(written)
    return tiers


def story(application: FoundApplication) -> str:
    """The steps in one short line: ``投递 笔试@04-01 19:00 !rejected``."""
    words = []
    for step in application.steps:
        word = {"outcome": f"!{step.outcome}", "pool": "~", "revive": "+"}.get(
            step.kind, step.stage or f"{step.label}?"
        )
        passed = "✓" if step.kind == "stage" and step.outcome == "passed" else ""
        at = f"@{step.at:%m-%d %H:%M}".removesuffix(" 00:00") if step.at else ""
        until = f"..{step.ends_at:%H:%M}" if step.ends_at else ""
        words.append(word + passed + at + until + (f"({step.note})" if step.note else ""))
    return " ".join(words)


def stories(findings: HuntFindings) -> dict[str, str]:
    return {found.company: story(found) for found in findings.applications}


def test_letters_with_lists_in_one_line() -> None:
    """
    # 名单

    S

    云杉科技、远山(复活甲)、海豚(复活甲,投递)

    A

    星火（X）、青石（投），Tap9Fun,B2B数据；红枫.ai（3.6）、得到

    N

    白鹭、紫藤（无）、

    **面试**

    云杉科技：投递—
    """
    found = of(test_letters_with_lists_in_one_line)
    assert names(found) == {
        "S": ["云杉科技", "远山（复活甲）", "海豚（复活甲,投递）"],
        "A": ["星火（X）", "青石（投）", "Tap9Fun", "B2B数据", "红枫.ai（3.6）", "得到"],
        "N": ["白鹭", "紫藤（无）"],
    }
    assert stories(found) == {
        "远山": "+",
        "海豚": "+ 投递",
        "青石": "投递",
        "紫藤": "!no_opening",
        "云杉科技": "投递",
    }
    assert [(entry.kind, entry.subject, entry.other) for entry in found.review] == [
        ("status", "星火", "X"),
        ("date", "红枫.ai", "2026-03-06"),
    ]
    assert [company.position for company in found.companies] == [1, 2, 3, 1, 2, 3, 4, 5, 6, 1, 2]
    assert found.claimed == {1, 3, 5, 7, 9, 11, 13, 15, 17}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S级\n- 云杉（投）\n- 远山\n\nA级：\n1. 星火\n2. 青石", {"S": ["云杉（投）", "远山"], "A": ["星火", "青石"]}),
        ("## S\n云杉、远山\n## A\nFoo Bar/Baz.ai;Qux", {"S": ["云杉", "远山"], "A": ["Foo Bar", "Baz.ai", "Qux"]}),
        ("T0：云杉、远山\nT1：海豚", {"S": ["云杉", "远山"], "A": ["海豚"]}),
        ("Tier S\n- Acme (applied)\n- Umbrella Corp.", {"S": ["Acme（applied）", "Umbrella Corp."]}),
        ("第一梯队\n\n云杉\n\n远山\n\n第二梯队\n\n海豚", {"S": ["云杉", "远山"], "A": ["海豚"]}),
        ("S：云杉、远山\nA：海豚、星火", {"S": ["云杉", "远山"], "A": ["海豚", "星火"]}),
        ("**S**\n\n云杉\n\n**A**\n\n海豚", {"S": ["云杉"], "A": ["海豚"]}),
        ("Ｓ\n云杉\nＡ\n海豚", {"S": ["云杉"], "A": ["海豚"]}),
        ("S（冲刺）\n云杉 远山科技 海豚\nA\n星火", {"S": ["云杉", "远山科技", "海豚"], "A": ["星火"]}),
        (
            "S\n**云杉**、~~远山~~、[海豚](https://example.com/a)等\nA\n星火",
            {"S": ["云杉", "远山（~~）", "海豚"], "A": ["星火"]},
        ),
        (
            "S\n什么都卖、云杉、远山、海豚、星火、青石\nA\n红枫",
            {"S": ["什么都卖", "云杉", "远山", "海豚", "星火", "青石"], "A": ["红枫"]},
        ),
        (
            "S\n云杉（红杉树）、远山【投】\nA\n星火(一面,挂)",
            {"S": ["云杉（红杉树）", "远山（投）"], "A": ["星火（一面,挂）"]},
        ),
        ("S\n云杉（投、远山\nA\n星火", {"S": ["云杉（投", "远山"], "A": ["星火"]}),
        ("S\n- 云杉：投递—笔试\n- 远山\nA\n- 海豚", {"S": ["云杉", "远山"], "A": ["海豚"]}),
        ("| 公司 | 层级 |\n|---|---|\n| 云杉（投） | S |\n| 远山 | B级 |", {"S": ["云杉（投）"], "B": ["远山"]}),
        (
            "| S | A |\n|:--|--:|\n| 云杉、远山 | 海豚（挂） |\n| 星火 | |",
            {"S": ["云杉", "远山", "星火"], "A": ["海豚（挂）"]},
        ),
        ("S级\n1、云杉 2、远山 3、海豚", {"S": ["云杉", "远山", "海豚"]}),
        ("S\n❌ 云杉\n远山（投 3/6）\nA\n海豚", {"S": ["云杉（❌）", "远山（投 3/6）"], "A": ["海豚"]}),
        ("Q：用什么框架\nA：甲、乙\n\nS\n云杉\nA\n海豚", {"S": ["云杉"], "A": ["海豚"]}),
    ],
)
def test_ways_to_write_tiers(text: str, expected: dict[str, list[str]]) -> None:
    assert names(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# A\n1. 什么是注意力？\n\n    答案\n\n2. BERT\n\n# B\n1. LoRA",
        "# 手撕\n\nMHA、MQA、GQA、Softmax\n\n线性回归、逻辑回归",
        "# A\nAdam、Attention、AdaBoost\n# B\nBERT、Bagging、BPE\n# G\nGPT、GRU、GAN\n# S\nSFT、Softmax、SGD",
        "下面哪个对？\nA：线程、进程\nB：协程、线程\nC：管道、信号\nD：锁、信号量",
        "S级：必须掌握\nA级：常考\nB级：了解即可",
        "云杉、远山、海豚、星火",
        "# C\n指针、引用、内存",
        "A\n\n这是一句话。",
        "```\nS\n云杉、远山\nA\n海豚\n```",
        "| 模型 | 参数 |\n|---|---|\n| A | 7B |",
        "N+1\n云杉",
    ],
)
def test_not_a_tier_list(text: str) -> None:
    found = read(text)
    assert found.companies == ()
    assert found.claimed == frozenset()


def test_known_names_tell_companies_from_other_lists() -> None:
    text = "A\n云杉、远山、海豚"
    assert read(text).companies == ()
    assert names(read(text, known_names=["云杉", "远山"])) == {"A": ["云杉", "远山", "海豚"]}


def test_a_status_in_brackets_tells_companies_from_other_lists() -> None:
    assert names(read("A\n云杉、远山（投）")) == {"A": ["云杉", "远山（投）"]}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("云杉：投递—笔试(04-01 19:00)—", "投递 笔试@04-01 19:00"),
        ("云杉:投递—测评—", "投递 测评"),
        ("云杉：测评—挂】", "测评 !rejected"),
        ("云杉：投递—", "投递"),
        ("云杉：投递", "投递"),
        ("云杉：投递 – 笔试 - 一面 -> 二面 --> 三面", "投递 笔试 一面 二面 三面"),
        ("云杉：投递→笔试＞一面～HR面，offer；三方", "投递 笔试 一面 HR面 offer 三方"),
        ("云杉：投递/笔试/一面", "投递 笔试 一面"),
        ("云杉 投递 → 笔试 → 一面", "投递 笔试 一面"),
        ("云杉—投递—笔试", "投递 笔试"),
        ("✅ 云杉：投递—笔试", "投递 笔试"),
        ("- [x] 云杉：投递—笔试", "投递 笔试"),
        ("1. **云杉**：投递—笔试", "投递 笔试"),
        (
            "云杉：3.1投递，3.5测评，3.10笔试(牛客 19:00-21:00)，挂",
            "投递@03-01 测评@03-05 笔试@03-10 19:00..21:00(牛客) !rejected",
        ),
        ("云杉：投递(官网)—一面(3.20 14:00，腾讯会议)—二面(待定)", "投递(官网) 一面@03-20 14:00(腾讯会议) 二面(待定)"),
        ("云杉：投递—笔试 04-01 19:00-20:30—一面", "投递 笔试@04-01 19:00..20:30 一面"),
        ("云杉：2026-03-01 投递-笔试-一面", "投递@03-01 笔试 一面"),
        ("云杉：投递—3.8—笔试", "投递@03-08 笔试"),
        ("云杉：投递—AI面试（４月１日１９：００）", "投递 AI面@04-01 19:00"),
        ("云杉：投递—笔试过—一面没过", "投递 笔试✓ 一面 !rejected"),
        ("云杉：投递—笔试—过—一面(挂)", "投递 笔试✓ 一面 !rejected"),
        ("云杉：已投，测评已做；等结果", "投递 测评(已做 等结果)"),
        ("云杉：投递—群面—业务面—HR面—泡池子", "投递 群面? 业务面? HR面 ~"),
        ("云杉：投递—一面—感谢信—复活—二面", "投递 一面 !rejected + 二面"),
        ("云杉：内推—笔试—不去了", "内推? 笔试 !withdrawn"),
        ("云杉：投递—一面—offer—拒offer", "投递 一面 offer !declined"),
        ("云杉：oc—毁约", "谈薪 !revoked"),
        ("云杉：投递—hc没了", "投递 !no_opening"),
        ("云杉：简历挂", "投递 !rejected"),
        ("云杉：投递—测评（48小时内）—", "投递 测评(48小时内)"),
        ("云杉：投递—一面（周三 14:00）—", "投递 一面(周三 14:00)"),
        ("云杉：applied -> oa -> interview(Apr 3 2pm) -> rejected", "投递 测评 一面@04-03 14:00 !rejected"),
    ],
)
def test_log_line(line: str, expected: str) -> None:
    found = read(line)
    assert stories(found) == {"云杉": expected}
    assert found.claimed == {1}
    assert found.applications[0].origin == "log"


@pytest.mark.parametrize(
    ("line", "company", "position"),
    [
        ("云杉科技 后端开发：投递—", "云杉科技", "后端开发"),
        ("云杉（算法）：投递—笔试", "云杉", "算法"),
        ("云杉 - 后端：投递—", "云杉", "后端"),
        ("Foo Bar：投递—", "Foo Bar", ""),
        ("58同学：投递—", "58同学", ""),
    ],
)
def test_the_position_beside_the_company(line: str, company: str, position: str) -> None:
    found = read(line).applications[0]
    assert (found.company, found.position) == (company, position)


@pytest.mark.parametrize(
    "line",
    [
        "问题：投递后多久有笔试？",
        "注意：投递前—先看要求",
        "优点：简单—通过",
        "流程：投递—笔试—一面—offer",
        "一般流程：投递→测评→笔试→面试→offer",
        "面试：自我介绍、项目、八股",
        "Kafka：投递—消费",
        "网络：三次握手 -> 四次挥手",
        "GPT：pretrain -> SFT -> test",
        "结果：过—挂",
        "一面：投递—笔试",
        "八股：面试",
        "这家公司的面试体验很好，问得很细：一面—二面—这里写了很长的一段话说明每一轮都问了什么内容以及自己是怎么回答的还有之后的反思",
        "https://example.com/投递：一面",
        "```python",
        "：投递—",
        "——————",
    ],
)
def test_not_a_log(line: str) -> None:
    found = read(line)
    assert found.applications == ()
    assert found.claimed == frozenset()


def test_the_outcome_knows_the_stage_at_which_it_came() -> None:
    outcome = read("云杉：投递—笔试—挂").applications[0].steps[-1]
    assert (outcome.kind, outcome.label, outcome.stage, outcome.phase) == ("outcome", "挂", "笔试", "written_test")


def test_an_unknown_step_is_asked_about() -> None:
    found = read("云杉：投递—神秘环节—一面")
    assert stories(found) == {"云杉": "投递 一面"}
    assert [(entry.kind, entry.subject, entry.other) for entry in found.review] == [("status", "云杉", "神秘环节")]


def test_the_list_of_the_rejected() -> None:
    """
    **面试挂：**云杉、远山、

    简历挂：海豚

    笔试挂：
    星火、青石

    【已投】红枫、白鹭
    """
    found = of(test_the_list_of_the_rejected)
    assert stories(found) == {
        "云杉": "面试? !rejected",
        "远山": "面试? !rejected",
        "海豚": "投递 !rejected",
        "星火": "笔试 !rejected",
        "青石": "笔试 !rejected",
        "红枫": "投递",
        "白鹭": "投递",
    }
    assert [found.origin for found in found.applications] == ["rejected-list"] * 5 + ["log"] * 2
    assert found.applications[0].steps[-1].phase == "interview"


def test_a_company_over_its_statuses() -> None:
    """
    # 进度

    ## 云杉 后端
    - 3.1 投递
    - 3.8 笔试（牛客）
    - 3.15 14:00 一面 过
    - 二面：挂

    **远山：**
    1. 投递 3.2
    2. 测评

    ## 海豚
    - 一面
      1. 讲讲项目
    """
    found = of(test_a_company_over_its_statuses)
    assert stories(found) == {
        "云杉": "投递@03-01 笔试@03-08(牛客) 一面✓@03-15 14:00 二面 !rejected",
        "远山": "投递@03-02 测评",
    }
    assert found.claimed == {1, 3, 4, 5, 6, 7, 9, 10, 11}


def test_a_table_with_status() -> None:
    """
    | 公司 | 岗位 | 层级 | 进度 |
    |---|---|---|---|
    | 云杉 | 后端 | S | 投递—笔试(4.1 19:00)— |
    | 远山 | | A | X |
    """
    found = of(test_a_table_with_status)
    assert stories(found) == {"云杉": "投递 笔试@04-01 19:00"}
    assert found.applications[0].position == "后端"
    assert [(entry.kind, entry.subject) for entry in found.review] == [("status", "远山")]


LISTS = (
    "S\n饿了草、海空视界（投）、云杉（X）、远山（投）、Bilibala\nA\n星火、青石（挂）、红枫（复活甲）、白鹭（投）\n\n"
)


@pytest.mark.parametrize(
    ("log", "alias"),
    [
        ("饿了早：投递—", ("饿了早", "饿了草")),
        ("海空：投递—测评—", ("海空", "海空视界")),
        ("云杉科技：投递—", ("云杉科技", "云杉")),
        ("B栈：投递—", ("B栈", "Bilibala")),
        ("木棉：投递—", None),
        ("红松：投递—", None),
    ],
)
def test_likely_aliases_are_asked_about(log: str, alias: tuple[str, str] | None) -> None:
    found = read(LISTS + log, known_aliases=[("B栈", "Bilibala")])
    asked = [(entry.subject, entry.other) for entry in found.review if entry.kind == "alias"]
    assert asked == ([alias] if alias else [])
    assert found.applications[-1].company == log.split("：", maxsplit=1)[0]
    assert found.unlisted == (() if alias else (log.split("：", maxsplit=1)[0],))


@pytest.mark.parametrize(
    ("log", "disagrees"),
    [
        ("远山：投递—", False),
        ("远山：投递—笔试—", False),
        ("青石：投递—挂", False),
        ("星火：投递—", False),
        ("星火：投递—挂", True),
        ("远山：投递—挂", True),
        ("云杉：投递—", True),
        ("青石：投递—一面—", True),
        ("红枫：投递—", True),
    ],
)
def test_where_list_and_log_disagree(log: str, disagrees: bool) -> None:
    found = read(LISTS + log)
    company = log.split("：", maxsplit=1)[0]
    asked = [entry.subject for entry in found.review if entry.kind == "disagreement"]
    assert asked == ([company] if disagrees else [])
    assert [item.origin for item in found.applications if item.company == company] == ["log"]


def test_a_company_in_two_tiers_is_asked_about() -> None:
    found = read("S\n云杉、远山\nA\n云杉、海豚\nB\n远山（投）")
    assert names(found) == {"S": ["云杉", "远山"], "A": ["海豚"]}
    assert [(entry.kind, entry.subject, entry.other) for entry in found.review] == [
        ("duplicate", "云杉", "A"),
        ("duplicate", "远山", "B"),
    ]


def test_the_year_of_dates_without_one() -> None:
    for written in ("1.1", "3.6", "12.31"):
        for year in (2023, 2024):
            at = read(f"云杉：投递({written})—", year=year).applications[0].steps[0].at
            assert at is not None
            assert at.year == year


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("快手：投递(3.1)—笔试(4.2 19:00)—", ["2026-03-01", "2027-04-02"]),
        ("快手：投递(12.20)—", ["2025-12-20"]),
        ("快手：投递(2027-03-01)—", ["2027-03-01"]),
        ("快手：投递—挂(2.29)", [None, "2024-02-29"]),
    ],
)
def test_what_is_noted_afterwards_lies_back(log: str, expected: list[str | None]) -> None:
    found = parse_hunt(document_from_text(log, path="n.md"), today=date(2026, 11, 22), known_names=["快手"])
    assert [step.at and step.at.date().isoformat() for step in found.applications[0].steps] == expected


def test_nothing_in_nothing() -> None:
    assert parse_hunt(document_from_text("", path="x"), today=TODAY) == HuntFindings((), (), (), (), frozenset(), ())


LINES = st.sampled_from(
    [
        "S",
        "A",
        "# B",
        "T0：",
        "云杉、远山(投",
        "云杉：投递—",
        "：—：",
        "|公司|层级|",
        "|-|-|",
        "|a|S|",
        "```",
        "面试挂：",
        "- 投递 3.1",
        "**云杉**",
        "(((",
        "）】",
        "—" * 9,
        "",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12))
def test_never_raises(lines: list[str]) -> None:
    document = document_from_text("\n".join(lines), path="x")
    found = parse_hunt(document, today=TODAY)
    assert all(1 <= number <= len(document.lines) for number in found.claimed)
    assert all(application.steps for application in found.applications)


@pytest.mark.parametrize(
    "line", ["投—" * 20_000, "（" * 40_000, "a：" * 20_000, "S：" + "甲、" * 9_000, "|" * 40_000, "- " * 20_000]
)
def test_long_lines_change_nothing(line: str) -> None:
    assert read(line).applications == ()
