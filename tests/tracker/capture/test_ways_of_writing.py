"""Ways of writing beside the usual ones, a few lines for each: lists, second thoughts, HR as a person, slang.

The clock and the companies are those of ``test_reading``.
"""

import pytest

from tests.tracker.capture.lines import BOOK, NOW, application, company, only, read
from tracker.capture.answering import answer
from tracker.capture.book import CompanyBook
from tracker.capture.proposals import Action
from tracker.capture.reading import read_lines

WAYS = {
    "字节offer好难拿": ("(nothing_said)",),
    "复习字节二面": ("(intention)",),
    "复习字节二面，周五 10:00": ("round 字节跳动#1 [后端] 二面 03-27 10:00",),
    "刷了腾讯面经": ("(nothing_said)",),
    "看了美团一面的题": ("(nothing_said)",),
    "梦到字节offer了": ("(intention)",),
    "Tencent interview tips": ("(nothing_said)",),
    "scared I'll fail Tencent second round": ("(nothing_said)",),
    "美团一面没约上": ("(nothing_said)",),
    "距离腾讯二面还有2天": ("round 腾讯#2 二面 03-27",),
    "滴滴和快手 都投了": ("apply 滴滴+ 投递", "stage 快手#6 [算法] 投递 ?"),
    "今天投了蔚来、理想、小鹏": ("apply 蔚来+ 投递 03-25", "apply 理想汽车+ 投递 03-25", "apply 小鹏汽车+ 投递 03-25"),
    "投了蔚来 大疆": ("apply 蔚来+ 投递", "apply 大疆+ 投递"),
    "投了蔚来、蓝鲸科技、大疆": ("apply 蔚来+ 投递", "apply 蓝鲸科技+ 投递 ?", "apply 大疆+ 投递"),
    "放弃了联想": ("outcome 联想+ withdrawn ?",),
    "放弃了快手": ("outcome 快手+ withdrawn ?",),
    "收到中兴感谢信": ("outcome 中兴+ rejected letter",),
    "withdrew from Lenovo": ("outcome 联想+ withdrawn",),
    "Applied to: Google, Meta": ("apply 谷歌+ 投递", "apply Meta+ 投递"),
    "上午10点 蔚来一面 下午3点 大疆二面": ("round 蔚来+ 一面 03-25 10:00", "round 大疆+ 二面 03-25 15:00"),
    "美团过了京东也过了": ("outcome 美团+ passed", "outcome 京东#13 二面 passed"),
    "快手一面问了啥": ("(question)",),
    "百度一面考什么": ("(question)",),
    "京东一面难不难": ("(question)",),
    "美团二面怎么准备": ("(question)",),
    "what did they ask in the Meituan first round": ("(question)",),
    "字节一面面经": ("(nothing_said)",),
    "字节二面挂了，感谢信": ("outcome 字节跳动#1 [后端] 二面 rejected letter",),
    "美团挂了，默拒": ("outcome 美团+ rejected silence",),
    "京东笔试没过，收到拒信": ("outcome 京东#13 笔试 rejected letter ?",),
    "收到感谢信，字节挂了": ("outcome 字节跳动#1 [后端] 一面 rejected letter",),
    "腾讯没hc了 直接凉": ("outcome 腾讯#2 一面 no_opening",),
    "腾讯排序挂": ("outcome 腾讯#2 一面 rejected",),
    "字节 笔试过了，一面等通知": ("outcome 字节跳动#1 [后端] 笔试 passed ?",),
    "感谢信都没有，字节这是默拒了": ("outcome 字节跳动#1 [后端] 一面 rejected silence",),
    "投递：美团-IEG-后台开发": ("apply 美团+ [IEG-后台开发] 投递",),
    "京东0328晚上7点三面": ("round 京东#13 三面 03-28 19:00",),
    "京东 0328 三面": ("round 京东#13 三面 03-28",),
    "京东 0332 三面": ("stage 京东#13 三面 ?",),
    "京东 三面 1930": ("stage 京东#13 三面 ?",),
    "京东三面 明天1930": ("round 京东#13 三面 03-26 19:30",),
    "周六 1900 京东三面": ("round 京东#13 三面 03-28 19:00",),
    "字节 三面 3.28 或 3.29": ("round 字节跳动#1 [后端] 三面 03-28",),
    "小红书三面改期到下周一下午3点": ("round 小红书#14 三面 03-30 15:00",),
    "interview with JD got moved from thu to fri 3pm": ("round 京东#13 二面 03-27 15:00",),
    "小红书 三面取消了": ("cancel 小红书#14 三面 ✗",),
    "小红书三面，取消了": ("cancel 小红书#14 三面 ✗",),
    "取消了小红书三面": ("cancel 小红书#14 三面 ✗",),
    "interview with Xiaohongshu cancelled": ("cancel 小红书#14 三面 ✗",),
    "小红书 面试改约待定": ("cancel 小红书#14 三面 ✗",),
    "小红书三面推迟了，周五下午3点": ("round 小红书#14 三面 03-27 15:00",),
    "小红书三面延后一小时": ("cancel 小红书#14 三面 ?",),
    "小红书 三面 时间待定": ("(nothing_said)",),
    "百度offer被取消了": ("outcome 百度#11 offer revoked",),
    "取消投递 腾讯": ("outcome 腾讯#2 一面 withdrawn",),
    "Huawei online test Sat 7-9pm": ("round 华为+ 笔试 03-28 19:00…03-28 21:00 ?",),
    "Google onsite on April 2 at 3pm PDT": ("round 谷歌+ 一面 04-03 06:00",),
    "腾讯 HR 说下周出结果": ("contact 腾讯#2 一面",),
    "小红书hr说等通知": ("contact 小红书#14 三面",),
    "HR told me to wait": ("contact + ?",),
    "小红书hr加我微信了": ("contact 小红书#14 三面",),
    "小红书hr说下周三10点hr面": ("round 小红书#14 HR面 04-01 10:00",),
    "京东hr面完 等oc": ("stage 京东#13 HR面",),
    "和HR聊完薪资了 京东": ("stage 京东#13 谈薪",),
    "海康微视 一面": ("stage 海康威视+ [微视] 一面 ?",),
    "美团二面邀请今天收到了，后天晚上七点半": ("round 美团+ 二面 03-27 19:30",),
    "昨天收到腾讯二面通知，周五 10:00": ("round 腾讯#2 二面 03-27 10:00",),
    "阿里巴巴二面挂了 心态崩了 明天还有腾讯二面 14点": (
        "outcome 阿里巴巴+ 二面 rejected",
        "round 腾讯#2 二面 03-26 14:00",
    ),
    "被华为捞了 明天下午一面": ("revive 华为#12 投递", "round 华为+ 一面 03-26 ?"),
    "Tencent hasn't sent the offer": ("(nothing_said)",),
    "没拿到腾讯的offer": ("(nothing_said)",),
    "没收到美团感谢信": ("(nothing_said)",),
    "想放弃腾讯": ("(intention)",),
    "准备拒掉百度offer": ("(intention)",),
    "导师让我投美团": ("(nothing_said)",),
    "京东笔试时间冲突了": ("(nothing_said)",),
    "大疆 offer expired": ("outcome 大疆+ offer declined",),
    "刚刚把美团的笔试做了 等结果吧": ("stage 美团+ 笔试 03-25 10:00",),
    "京东二面寄了": ("outcome 京东#13 二面 rejected",),
    "京东二面g了": ("outcome 京东#13 二面 rejected",),
    "联想 三方寄了": ("stage 联想+ 三方",),
    "Just finished my Meituan first round. They said results in a week": ("stage 美团+ 一面",),
    "腾讯官网灰了": ("(nothing_said)",),
    "Apr. 3 interview with Google 3 p.m. on Zoom": ("round 谷歌+ 一面 04-03 15:00 @Zoom",),
    "美团 笔试 A了2.5": ("stage 美团+ 笔试",),
    "美团2026届春招 一面 周五": ("round 美团+ 一面 03-27",),
    "Google: reject after OA": ("outcome 谷歌+ 测评 rejected",),
    "2nd rd w/ Tencent fri @ 3": ("round 腾讯#2 二面 03-27 15:00",),
    "蚂蚁一面挂，转岗到淘天": ("outcome + 一面 rejected ?",),
    "2024届 美团 投了": ("apply 美团+ 投递",),
}
"""What a line proposes, or why it proposes nothing."""

PLANNED = CompanyBook(
    (
        company(
            1,
            "青禾",
            application(1, 1, "一面", "interview", next_stage="二面"),
            application(2, 1, "投递", "applied", position="算法"),
        ),
        company(2, "远山", application(3, 2, "一面", "interview", next_stage="二面")),
    )
)


@pytest.mark.parametrize(("line", "expected"), WAYS.items())
def test_a_line_in_another_way(line: str, expected: tuple[str, ...]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    "line",
    ["远山二面取消了", "远山面试取消了", "远山取消了我的二面", "远山 二面 改约待定", "interview with 远山 cancelled"],
)
def test_a_planned_round_is_called_off(line: str) -> None:
    assert read(line, PLANNED) == ("cancel 远山#3 二面",)


def test_a_length_of_time_needs_the_new_time() -> None:
    assert "new time" in only("远山二面推迟半小时", PLANNED).question


def test_digits_that_nobody_understands_are_asked() -> None:
    assert "0332" in only("远山 二面 0332", PLANNED).question


@pytest.mark.parametrize("line", ["远山 三面 3.28 或 3.29", "远山 三面 3.28 还是 3.29 来着 待确认"])
def test_one_day_or_another_is_no_certain_day(line: str) -> None:
    (proposal,) = read_lines(line, book=PLANNED, now=NOW).proposals or (None,)
    assert proposal is None or "at" in proposal.guessed


def test_an_answer_means_the_stage_of_its_application() -> None:
    asked = only("青禾 挂了", PLANNED)
    algorithm = next(choice for choice in asked.choices if choice.application_id == 2)
    answered = answer(asked, algorithm)
    assert (answered.application_id, answered.stage, answered.phase) == (2, "投递", "applied")
    interview = only("青禾 面试 周五 10:00", PLANNED)
    stages = {choice.application_id: answer(interview, choice).stage for choice in interview.choices}
    assert (stages[1], stages[2]) == ("二面", "一面")


def test_letters_glued_to_a_name_may_be_a_longer_one() -> None:
    asked = only("远山微电 一面", PLANNED)
    assert [choice.label for choice in asked.choices] == ["远山 · 一面", "Add 远山微电"]
    longer = answer(asked, asked.choices[1])
    assert (longer.company, longer.company_id, longer.application_id) == ("远山微电", None, None)


def test_what_follows_means_the_same_new_application() -> None:
    sent, until = read_lines("美团 后端 投了 截止 8.20", book=BOOK, now=NOW).proposals
    assert (sent.action, sent.continues) == (Action.APPLY, False)
    assert (until.action, until.position, until.continues) == (Action.DEADLINE, "后端", True)


@pytest.mark.parametrize(
    ("line", "offered"),
    [("Stripe 一面 周五", ()), ("微众 一面 周五", ("微众银行",)), ("青禾软件 一面 周五", ())],
)
def test_only_plausible_names_are_offered(line: str, offered: tuple[str, ...]) -> None:
    assert tuple(choice.company for choice in only(line).choices[1:]) == offered
