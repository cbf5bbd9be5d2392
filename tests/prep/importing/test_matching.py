"""Which stored question each found one is: a table of edits, each as ``heading|text|answer`` lines."""

import pytest

from prep.bank import question_key
from prep.importing.matching import Place, match_edited, match_same
from prep.importing.rewording import Likeness


def places(lines: str) -> list[Place]:
    found: list[Place] = []
    ordinals: dict[str, int] = {}
    for line in lines.splitlines():
        heading, text, answer = (part.strip() for part in line.split("|"))
        ordinals[heading] = ordinals.get(heading, 0) + 1
        gone = text.startswith("-")
        text = text.lstrip("-")
        found.append(Place(text, question_key(text), answer, heading, ordinals[heading], gone=gone))
    return found


def matched(old: str, new: str) -> list[int | None]:
    """For each line of ``new`` the line of ``old``, the first being 1."""
    found, stored = places(new), places(old)
    matches = match_same(found, stored)
    match_edited(found, stored, matches)
    return [None if match is None else match + 1 for match in matches]


DEADLOCK = "互相等待对方占有的资源，四个条件同时成立。"
MEMORY = "每个进程有自己的地址空间，按页分配，缺页时再换入。"

OLD = f"""\
操作系统|什么是死锁？|{DEADLOCK}
操作系统|虚拟内存有什么用？|{MEMORY}
操作系统|什么是中断？|
网络|TCP 三次握手的过程|
网络|HTTPS 的握手过程|"""


@pytest.mark.parametrize(
    ("edit", "new", "expected"),
    [
        ("nothing", OLD, [1, 2, 3, 4, 5]),
        ("the order", "\n".join(reversed(OLD.splitlines())), [5, 4, 3, 2, 1]),
        ("a heading", OLD.replace("网络|", "计算机网络|"), [1, 2, 3, 4, 5]),
        ("a new one in front", "操作系统|什么是管道？|\n" + OLD, [None, 1, 2, 3, 4, 5]),
        ("an answer", OLD.replace(MEMORY, "隔离。"), [1, 2, 3, 4, 5]),
        ("a wording", OLD.replace("什么是死锁？", "死锁是什么？怎么避免？"), [1, 2, 3, 4, 5]),
        ("a wording without an answer", OLD.replace("什么是中断？", "中断是什么意思"), [1, 2, 3, 4, 5]),
        ("wording and answer", OLD.replace(f"什么是死锁？|{DEADLOCK}", "死锁的定义？|四个条件"), [1, 2, 3, 4, 5]),
        ("a name", OLD.replace("HTTPS", "QUIC"), [1, 2, 3, 4, None]),
        ("a number", OLD.replace("三次", "四次"), [1, 2, 3, None, 5]),
        ("one for another", OLD.replace("什么是中断？", "什么是僵尸进程？"), [1, 2, None, 4, 5]),
        (
            "heading and wording",
            OLD.replace("网络|TCP 三次握手的过程", "计算机网络|TCP 三次握手的具体步骤").replace("网络|HTTPS", "计算机网络|HTTPS"),
            [1, 2, 3, 4, 5],
        ),
        (
            "a wording after one that went and one that came",
            f"操作系统|虚拟内存的作用是什么？|{MEMORY}\n操作系统|什么是管道？|\n操作系统|什么是中断？|",
            [2, None, 3],
        ),
        (
            "a wording in another order",
            f"操作系统|什么是中断？|\n操作系统|虚拟内存的作用是什么？|\n操作系统|什么是死锁？|{DEADLOCK}",
            [3, 2, 1],
        ),
        ("a wording and the place", f"网络|TCP 三次握手的过程|\n其他|死锁是什么？|{DEADLOCK}", [4, 1]),
        ("a wording and the place, no answer", "网络|TCP 三次握手的过程|\n其他|中断是什么？怎么处理？|", [4, None]),
    ],
)  # fmt: skip
def test_an_edit_of_a_file(edit: str, new: str, expected: list[int | None]) -> None:
    assert matched(OLD, new) == expected, edit


@pytest.mark.parametrize(
    ("edit", "old", "new", "expected"),
    [
        ("headings of both", "甲|锁|一\n乙|锁|二", "丙|锁|一\n丁|锁|二", [1, 2]),
        ("the answers change places", "甲|锁|一\n乙|锁|二", "甲|锁|二\n乙|锁|一", [2, 1]),
        ("the first goes", "甲|a|\n甲|锁|\n甲|b|\n甲|锁|\n甲|c|", "甲|a|\n甲|b|\n甲|锁|\n甲|c|", [1, 3, 4, 5]),
        ("the second goes", "甲|a|\n甲|锁|\n甲|b|\n甲|锁|\n甲|c|", "甲|a|\n甲|锁|\n甲|b|\n甲|c|", [1, 2, 3, 5]),
        ("one more between", "甲|a|\n甲|锁|\n甲|c|", "甲|锁|\n甲|x|\n甲|a|\n甲|锁|\n甲|c|", [None, None, 1, 2, 3]),
        ("one that was gone", "甲|锁|一\n甲|-锁|二", "甲|锁|二", [1]),
        ("one that was gone comes back", "甲|锁|一\n甲|-钥匙|二", "甲|锁|一\n甲|钥匙|三", [1, 2]),
        (
            "one that was gone is no neighbour",
            "甲|锁的作用|\n甲|-钥匙的作用|",
            "甲|锁的作用|\n甲|钥匙有什么用|",
            [1, None],
        ),
    ],
)
def test_one_wording_twice(edit: str, old: str, new: str, expected: list[int | None]) -> None:
    assert matched(old, new) == expected, edit


def test_the_words_of_the_file_count_and_those_of_the_bank_are_known() -> None:
    stored = [Place("什么是锁", question_key("什么是锁"), "", "甲", 1, other_key=question_key("讲讲互斥"))]
    assert match_same(places("甲|什么是锁？|"), stored) == [0]
    assert match_same(places("甲|讲讲互斥|"), stored) == [0]


def test_hundreds_of_reworded_questions_are_matched_in_their_order() -> None:
    old = "\n".join(f"甲|第 {number} 种排序算法的时间复杂度是多少？|" for number in range(300))
    new = "\n".join(f"甲|第 {number} 种排序的时间复杂度|" for number in range(300))
    assert matched(old, new) == list(range(1, 301))


LONG = "两个条件都满足时才会发生，先看资源再看顺序。"


@pytest.mark.parametrize(
    ("old", "new", "is_one"),
    [
        (("什么是死锁？", LONG), ("死锁是什么意思", LONG), True),
        (("PPO和DPO区别", LONG), ("SFT和DPO区别", LONG), False),
        (("PPO和DPO区别", ""), ("DPO 与 PPO 有什么不同？", ""), True),
        (("Redis 持久化", LONG), ("Redis 的 AOF 持久化", LONG), True),
        (("Redis 持久化", ""), ("Redis 的 AOF 持久化", ""), False),
        (("讲讲 Kakfa 的分区", LONG), ("讲讲 Kafka 的分区", LONG), True),
        (("讲讲 Kakfa 的分区", ""), ("讲讲 Kafka 的分区", ""), False),
        (("讲讲 HTTP2 的分帧", LONG), ("讲讲 HTTP3 的分帧", LONG), False),
        (("有什么优点", ""), ("有什么缺点", ""), False),
        (("为什么要分库", LONG), ("为什么不分库", LONG), False),
        (("什么是死锁", ""), ("什么是活锁", ""), False),
        (("讲讲类加载", "略"), ("讲讲内存屏障", "略"), False),
        (("乐观锁怎么实现", LONG), ("悲观锁怎么实现", "用数据库的行锁，读的时候就占住，别人等着。"), False),
        (("What is virtual memory?", ""), ("Describe virtual memory and why it helps", ""), True),
        (("How does GC work in Java?", ""), ("How does GC work in Go?", ""), False),
        (("What is a deadlock?", ""), ("What is a livelock?", ""), False),
    ],
)
def test_what_may_be_the_same_question_in_the_same_place(
    old: tuple[str, str], new: tuple[str, str], *, is_one: bool
) -> None:
    assert bool(Likeness().in_place(old, new)) == is_one
