"""The kind of a position from its name."""

import pytest

from tracker.messages import choose_language
from tracker.statistics import position_kinds
from tracker.statistics.definitions import DEFINITIONS, definitions
from tracker.statistics.position_kinds import kind_word, position_kind
from tracker.statistics.values import SMALLEST_CLAIM
from tracker.statistics.wording import dimension_word, ending_word, funnel_word, group_word


@pytest.mark.parametrize(
    ("position", "kind"),
    [
        ("后端开发", "backend"),
        ("后端开发（大模型方向）", "backend"),
        ("后端开发工程师-数据平台", "backend"),
        ("C++ 研发", "backend"),
        ("ＪＡＶＡ开发", "backend"),
        ("大模型应用", "algorithm"),
        ("大模型算法工程师（NLP）", "algorithm"),
        ("NLP 算法实习", "algorithm"),
        ("推荐算法", "algorithm"),
        ("数据挖掘", "algorithm"),
        ("CV", "algorithm"),
        ("Machine Learning Engineer", "algorithm"),
        ("LLM Engineer", "algorithm"),
        ("前端开发", "frontend"),
        ("Front-end Engineer", "frontend"),
        ("客户端 C++", "client"),
        ("Android", "client"),
        ("全栈", "full_stack"),
        ("编译器", "infrastructure"),
        ("AI Infra", "infrastructure"),
        ("SRE", "reliability"),
        ("安全工程师", "security"),
        ("测试开发", "test"),
        ("硬件测试", "test"),
        ("数据分析", "data"),
        ("Data Scientist", "data"),
        ("嵌入式", "embedded"),
        ("数字 IC 设计", "hardware"),
        ("芯片设计工程师", "hardware"),
        ("FPGA", "hardware"),
        ("游戏引擎", "game"),
        ("算法产品经理", "product"),
        ("数据产品", "product"),
        ("产品运营", "operations"),
        ("视觉设计师", "design"),
        ("UI", "design"),
        ("管培生", "trainee"),
        ("量化研究", "quant"),
        ("HRBP", "functions"),
        ("软件工程师", "development"),
        ("研发", "development"),
        ("Software Engineer (Backend)", "backend"),
        ("Good place", "other"),
        ("Chairman", "other"),
        ("随便", "other"),
        ("[/x] <script>", "other"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_tells_its_kind(position: str, kind: str) -> None:
    assert position_kind(position) == kind


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_code_has_its_own_word(language: str) -> None:
    choose_language(language)
    kinds = [*position_kinds._WORDS, "development", "other"]
    words = {kind_word(kind) for kind in kinds}
    assert len(words) == len(kinds)
    assert kind_word("later-code") == "later-code"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_it_is_counted_is_said(language: str) -> None:
    choose_language(language)
    found = definitions(smallest=SMALLEST_CLAIM)
    assert len(set(found)) == len(DEFINITIONS)
    assert not any("{" in sentence for sentence in found)
    assert "20" in found[-1]
    assert (language == "en") == (found[0] == DEFINITIONS[0])


def test_codes_are_said_in_words() -> None:
    choose_language("zh_CN")
    assert [funnel_word(code) for code in ("applied", "tests", "later")] == ["投递", "测评/笔试", "三面及以后"]
    assert [ending_word(code) for code in ("open", "rejected")] == ["进行中", "挂"]
    assert dimension_word("kind") == "岗位方向"
    assert group_word("kind", "backend") == "后端"
    assert group_word("referral", "yes") == "有内推"
    assert group_word("channel", "") == "未填"
    assert group_word("channel", "", is_rest=True) == "其余"
    assert group_word("channel", "[/x]") == "[/x]"
