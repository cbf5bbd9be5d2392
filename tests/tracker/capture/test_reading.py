"""What lines say, in a table: the words of people on the left, what is proposed on the right.

The clock of all lines is Wednesday, 25 March 2026, 10:00; the companies are those of ``lines.BOOK``. ``#4`` is the
application that is meant, ``+`` a new one; ``?`` asks first, ``✗`` is refused.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.capture.lines import BOOK, NOW, only, read
from tracker.capture.book import CompanyBook
from tracker.capture.proposals import Silence
from tracker.capture.reading import LONGEST_LINE, MOST_LINES, read_lines

SURE = {
    "美团 后端 提前批 @牛客 #ABC123 截止 8.20": "deadline 美团+ [后端] 意向 08-20",
    "字节 二面 周三 14:00 腾讯会议 123-456-789": "round 字节跳动#1 [后端] 二面 03-25 14:00 @腾讯会议 123-456-789",
    "昨天腾讯一面过了": "outcome 腾讯#2 一面 passed 03-24",
    "bilibili 挂了": "outcome 哔哩哔哩#5 笔试 rejected",
    "海康 测评 48小时内": "round 海康威视+ 测评 03-25 10:00…03-27 10:00",
    "阿里 感谢信": "outcome 阿里巴巴+ rejected letter",
    "美团简历挂": "outcome 美团+ 投递 rejected",
    "小红书泡池子了": "pool 小红书#14 三面",
    "华为复活甲": "revive 华为#12 投递",
    "投了得物 前端 杭州": "apply 得物+ [前端] 投递",
    "got rejected by Meituan": "outcome 美团+ rejected",
    "拼多多 offer": "outcome 拼多多+ offer offer",
    "拒了百度offer": "outcome 百度#11 offer declined",
    "携程 笔试 周六 15:00-17:00 赛码": "round 携程#16 [前端] 笔试 03-28 15:00…03-28 17:00 @赛码",
    "问了HR 京东 说还在流程": "contact 京东#13 二面",
    "腾讯没过": "outcome 腾讯#2 一面 rejected",
    "得到 一面 周五 10:00": "round 得到+ 一面 03-27 10:00",
    "自如 一面": "stage 自如+ 一面",
    "一点资讯 投递": "apply 一点资讯+ 投递",
    "字节一面面完了，等结果": "stage 字节跳动#1 [后端] 一面",
    "意向书到手 腾讯": "stage 腾讯#2 谈薪",
    "拿到腾讯意向了": "stage 腾讯#2 谈薪",
    "师兄内推的美团后端": "detail 美团+ [后端] 意向",
    "通过内推投了美团 后端开发": "apply 美团+ [后端开发] 投递",
    "通过牛客投了美团": "apply 美团+ 投递",
    "字节二面改到周五 15:00": "round 字节跳动#1 [后端] 二面 03-27 15:00",
    "字节二面从周三14:00改到周四15:00": "round 字节跳动#1 [后端] 二面 03-26 15:00",
    "明天字节二面下午3点": "round 字节跳动#1 [后端] 二面 03-26 15:00",
    "明天要面字节二面，下午3点，飞书": "round 字节跳动#1 [后端] 二面 03-26 15:00 @飞书",
    "周五 10:00 腾讯 二面 现场": "round 腾讯#2 二面 03-27 10:00",
    "腾讯一面过了，问了为什么离职": "outcome 腾讯#2 一面 passed",
    "腾讯一面，过了": "outcome 腾讯#2 一面 passed",
    "腾讯一面过了，二面什么时候？": "outcome 腾讯#2 一面 passed",
    "Google 一面 4.3 10:00 Zoom 987 654 3210": "round 谷歌+ 一面 04-03 10:00 @Zoom 987 654 3210",
    "onsite with Google next Tuesday 10am": "round 谷歌+ 一面 03-31 10:00",
    "Phone screen with Airbnb on Friday at 2pm": "round 爱彼迎+ 一面 03-27 14:00",
    "Amazon OA due April 3": "round 亚马逊+ 测评 03-25…04-03",
    "had my second interview with ByteDance yesterday": "stage 字节跳动#1 [后端] 二面 03-24",
    "Got an offer from Microsoft!": "outcome 微软+ offer offer",
    "withdrew from Meituan": "outcome 美团+ withdrawn",
    "followed up with Tencent recruiter": "contact 腾讯#2 一面",
    "Tencent rejected me after the onsite": "outcome 腾讯#2 一面 rejected",
    "declined the offer from Baidu": "outcome 百度#11 offer declined",
    "旷视 群面 4月2日下午两点 线下": "round 旷视科技+ 群面 04-02 14:00",
    "商汤 AI面 3天内完成": "round 商汤科技+ AI面 03-25…03-28",
    "小米 HR面 明天上午10点 电话": "round 小米+ HR面 03-26 10:00",
    "字节 谈薪 周五 16:00": "round 字节跳动#1 [后端] 谈薪 03-27 16:00",
    "oc 了 腾讯": "stage 腾讯#2 谈薪",
    "美团没hc了": "outcome 美团+ no_opening",
    "放弃美团": "outcome 美团+ withdrawn",
    "腾讯默拒": "outcome 腾讯#2 一面 rejected silence",
    "字节 服从调剂 第二志愿": "detail 字节跳动#1 [后端] 一面",
    "美团 内推码 XYZ123 投了 后端 第一志愿 北京 服从调剂": "apply 美团+ [后端] 投递",
    "周三十点 字节 二面": "round 字节跳动#1 [后端] 二面 03-25 10:00",
    "360 二面 明天 10点": "round 360+ 二面 03-26 10:00",
    "字节 😀 二面 明天 10:00 [mask]": "round 字节跳动#1 [后端] 二面 03-26 10:00",
    "投 美团": "apply 美团+ 投递",
    "3.6 投了美团": "apply 美团+ 投递 03-06",
    "3月6日投递 美团 前端": "apply 美团+ [前端] 投递 03-06",
    "美团 笔试 3.28 10:00-12:00 牛客 https://nowcoder.com/x": "round 美团+ 笔试 03-28 10:00…03-28 12:00 @牛客",
    "腾讯 一面 电话 周五14点 时长45分钟 面试官：李雷": "round 腾讯#2 一面 03-27 14:00",
    "字节HR说挂了": "outcome 字节跳动#1 [后端] 一面 rejected",
    "字节HR打电话说过了": "outcome 字节跳动#1 [后端] 一面 passed",
    "字节打电话说我挂了": "outcome 字节跳动#1 [后端] 一面 rejected",
    "腾讯给我发了感谢信": "outcome 腾讯#2 一面 rejected letter",
    "收到美团的拒信": "outcome 美团+ rejected letter",
    "被腾讯拒了": "outcome 腾讯#2 一面 rejected",
    "腾讯拒了我": "outcome 腾讯#2 一面 rejected",
    "我拒了腾讯": "outcome 腾讯#2 一面 withdrawn",
    "美团投递 北京 大模型算法 暑期实习": "apply 美团+ [大模型算法] 投递",
    "实习僧投了美团 日常实习": "apply 美团+ 投递",
    "今天面了字节二面": "stage 字节跳动#1 [后端] 二面 03-25",
    "面了腾讯": "stage 腾讯#2 一面",
    "下午3点字节三面": "round 字节跳动#1 [后端] 三面 03-25 15:00",
    "字节三面(周五 15:00，飞书)": "round 字节跳动#1 [后端] 三面 03-27 15:00 @飞书",
    "【字节】三面 周五 15:00": "round 字节跳动#1 [后端] 三面 03-27 15:00",
    "字节-后端-三面-周五15:00": "round 字节跳动#1 [后端] 三面 03-27 15:00",
    "字节/后端/三面/3.28 15:00": "round 字节跳动#1 [后端] 三面 03-28 15:00",
    "腾讯 offer了！！！": "outcome 腾讯#2 offer offer",
    "腾讯oc了": "stage 腾讯#2 谈薪",
    "签了腾讯三方": "stage 腾讯#2 三方",
    "美团 offer 被毁": "outcome 美团+ offer revoked",
    "腾讯毁约了": "outcome 腾讯#2 offer revoked",
    "腾讯 录用通知": "outcome 腾讯#2 offer offer",
    "字节跳动三面凉凉": "outcome 字节跳动#1 [后端] 三面 rejected",
    "小红书三面没过": "outcome 小红书#14 三面 rejected",
    "京东二面不通过": "outcome 京东#13 二面 rejected",
    "京东 在二面挂了": "outcome 京东#13 二面 rejected",
    "挂在京东二面": "outcome 京东#13 二面 rejected",
    "京东终面": "stage 京东#13 三面",
    "京东四面 周一 10:00": "round 京东#13 加面 03-30 10:00",
    "京东 HRBP面 周一 10:00": "round 京东#13 HR面 03-30 10:00",
    "JD second round passed": "outcome 京东#13 二面 passed",
    "Tencent: rejected": "outcome 腾讯#2 一面 rejected",
    "tencent rejection email": "outcome 腾讯#2 一面 rejected letter",
    "Meituan OA tomorrow 7pm - 9pm": "round 美团+ 测评 03-26 19:00…03-26 21:00",
    "applied meituan frontend shanghai referral code ABC999 via LinkedIn": "apply 美团+ [frontend] 投递",
    "submitted my application to Airbnb today": "apply 爱彼迎+ 投递 03-25",
    "interview with Tencent on 4/3 at 2pm, Teams": "round 腾讯#2 一面 04-03 14:00 @Teams",
    "interview at Google tmr 10am": "round 谷歌+ 一面 03-26 10:00",
    "I got rejected from Airbnb :(": "outcome 爱彼迎+ rejected",
    "TikTok final round Mon 9:30am": "round 字节跳动#1 [后端] 三面 03-30 09:30",
    "Got ghosted by JD": "outcome 京东#13 二面 rejected silence",
    "字节 一面 挺难的 问了很多八股": "note 字节跳动#1 [后端] 一面",
    "字节二面过了面试官人很好": "outcome 字节跳动#1 [后端] 二面 passed",
    "快手后端挂了": "outcome 快手#7 [后端] 投递 rejected",
    "美团暑期后端一面 周四 10:00": "round 美团+ [后端] 一面 03-26 10:00",
    "字节 base北京 ": "detail 字节跳动#1 [后端] 一面",
    "字节 HR 周五 14:00": "round 字节跳动#1 [后端] HR面 03-27 14:00",
    "不去字节了": "outcome 字节跳动#1 [后端] 一面 withdrawn",
    "小红书 泡池子 两周了": "pool 小红书#14 三面",
    "腾讯 三面时间 4月8日 15：30": "round 腾讯#2 三面 04-08 15:30",
    "腾讯三面 2026年4月8日下午3点半－4点半": "round 腾讯#2 三面 04-08 15:30…04-08 16:30",
    "周六上午10点 美团 机试": "round 美团+ 笔试 03-28 10:00",
    "京东 hr面 后天": "round 京东#13 HR面 03-27",
    "美团一面表现不好": "stage 美团+ 一面",
    "腾讯一面结束了": "stage 腾讯#2 一面",
    "腾讯一面45分钟结束，感觉良好": "stage 腾讯#2 一面",
    "腾讯 ddl 3.30": "deadline 腾讯#2 意向 03-30",
    "美团网申4月10日截止": "deadline 美团+ 意向 04-10",
    "Moonshot 一面 周五": "round 月之暗面+ 一面 03-27",
    "deepseek offer!!": "outcome 深度求索+ offer offer",
    "tx 二面 周五": "round 腾讯#2 二面 03-27",
    "zjtd 挂了": "outcome 字节跳动#1 [后端] 一面 rejected",
    "mt投了": "apply 美团+ 投递",
    "B站 笔试 过": "outcome 哔哩哔哩#5 笔试 passed",
    "美团 二面 4.2 下午两点半": "round 美团+ 二面 04-02 14:30",
    "美团一面，4月2号，上午十点": "round 美团+ 一面 04-02 10:00",
    "美团 一面 2026/4/1 19:00-20:30": "round 美团+ 一面 04-01 19:00…04-01 20:30",
    "美团　一面　４月１日　１９：００（腾讯会议）": "round 美团+ 一面 04-01 19:00 @腾讯会议",
    "腾讯 二面 in 3 days": "round 腾讯#2 二面 03-28",
    "美团 测评 within 48 hours": "round 美团+ 测评 03-25 10:00…03-27 10:00",
    "美团 笔试 十月下旬": "round 美团+ 笔试 10-21…10-31",
    "美团 一面 后天下午3点 teams": "round 美团+ 一面 03-27 15:00 @Teams",
    "海康 一面 下周三 19:00 现场": "round 海康威视+ 一面 04-01 19:00",
    "美团 一面 3点": "round 美团+ 一面 03-25 15:00",
    "美团 一面 next wed 7pm": "round 美团+ 一面 04-01 19:00",
    "小红书 已读不回": "outcome 小红书#14 三面 rejected silence",
    "哔哩哔哩 笔试通过": "outcome 哔哩哔哩#5 笔试 passed",
    "荣耀 一面 明天": "round 荣耀#4 [云服务后端] 一面 03-26",
    "荣耀 复试 4.8": "round 荣耀#4 [云服务后端] 二面 04-08",
    "腾讯 hr挂": "outcome 腾讯#2 HR面 rejected",
    "字节 加面 周四晚8点": "round 字节跳动#1 [后端] 加面 03-26 20:00",
    "美团 日常实习 投递": "apply 美团+ 投递",
    "实习 美团 投了": "apply 美团+ 投递",
    "京东 offer call 明天下午": "round 京东#13 谈薪 03-26",
    "京东 谈薪": "stage 京东#13 谈薪",
    "小红书 三方": "stage 小红书#14 三方",
    "京东 放弃": "outcome 京东#13 二面 withdrawn",
    "京东 横向": "pool 京东#13 二面",
    "米哈游 捞起来了": "unpool 米哈游#15 二面",
    "携程 投了": "stage 携程#16 [前端] 投递",
    "携程 前端 截止 4.1": "deadline 携程#16 [前端] 意向 04-01",
    "京东 催了一下": "contact 京东#13 二面",
    "京东 催进度，hr说下周给消息": "contact 京东#13 二面",
    "携程 ddl 4月1日 18:00": "deadline 携程#16 [前端] 意向 04-01 18:00",
    "emailed the recruiter at Tencent": "contact 腾讯#2 一面",
    "Tencent second interview next week": "round 腾讯#2 二面 03-30…04-05",
    "Meituan written test on 4/2 from 10am to 12pm": "round 美团+ 笔试 04-02 10:00…04-02 12:00",
    "Tencent offer!": "outcome 腾讯#2 offer offer",
    "JD withdrew": "outcome 京东#13 二面 withdrawn",
    "pdd applied yesterday": "apply 拼多多+ 投递 03-24",
    "I have an interview with Meituan tomorrow at 3pm": "round 美团+ 一面 03-26 15:00",
    "going to have my Meituan interview tomorrow 2pm": "round 美团+ 一面 03-26 14:00",
    "提醒我明天14点美团二面": "round 美团+ 二面 03-26 14:00",
    "别忘了周五 10:00 腾讯二面": "round 腾讯#2 二面 03-27 10:00",
    "腾讯 二面 约了周五 10:00": "round 腾讯#2 二面 03-27 10:00",
}
"""Lines that can be written as they are."""

SEVERAL = {
    "蓝鲸科技 一面 周三14:00；腾讯二面 周五": ("round 蓝鲸科技+ 一面 03-25 14:00 ?", "round 腾讯#2 二面 03-27"),
    "腾讯挂了，蓝鲸科技过了": ("outcome 腾讯#2 一面 rejected", "outcome 蓝鲸科技+ passed ?"),
    "腾讯挂了，昨天Stripe一面": ("outcome 腾讯#2 一面 rejected", "stage Stripe+ 一面 03-24 ?"),
    "前天荣耀云服务后端一面通过，二面是8月7日下午2点": (
        "outcome 荣耀#4 [云服务后端] 一面 passed 03-23",
        "round 荣耀#4 [云服务后端] 二面 08-07 14:00",
    ),
    "腾讯挂了，字节过了": ("outcome 腾讯#2 一面 rejected", "outcome 字节跳动#1 [后端] 一面 passed"),
    "投了腾讯、美团、京东": ("stage 腾讯#2 投递 ?", "apply 美团+ 投递", "stage 京东#13 投递 ?"),
    "I passed the first round at Tencent, second round next tuesday 3pm on Zoom": (
        "outcome 腾讯#2 一面 passed",
        "round 腾讯#2 二面 03-31 15:00 @Zoom",
    ),
    "4.1 腾讯二面 19:00；4.2 字节二面 20:00": (
        "round 腾讯#2 二面 04-01 19:00",
        "round 字节跳动#1 [后端] 二面 04-02 20:00",
    ),
    "周一投了美团，今天收到测评": ("apply 美团+ 投递 03-23", "round 美团+ 测评 03-25"),
    "字节一面过了 周五二面": ("outcome 字节跳动#1 [后端] 一面 passed", "round 字节跳动#1 [后端] 二面 03-27"),
    "腾讯二面通过，进入HR面": ("outcome 腾讯#2 二面 passed", "stage 腾讯#2 HR面"),
    "恭喜通过腾讯一面，二面约在周五下午3点": ("outcome 腾讯#2 一面 passed", "round 腾讯#2 二面 03-27 15:00"),
    "刚投完美团，明天笔试": ("apply 美团+ 投递", "round 美团+ 笔试 03-26"),
    "海康威视和大华都挂了": ("outcome 海康威视+ rejected", "outcome 大华股份+ rejected"),
    "海康、大华 投了": ("apply 海康威视+ 投递", "apply 大华股份+ 投递"),
    "投了10家：腾讯、美团": ("stage 腾讯#2 投递 ?", "apply 美团+ 投递"),
    "美团/京东 都投了": ("apply 美团+ 投递", "stage 京东#13 投递 ?"),
    "腾讯 4月1日 二面 4月8日 三面": ("round 腾讯#2 二面 04-01", "round 腾讯#2 三面 04-08"),
    "投递 美团，然后笔试 4.1 19:00": ("apply 美团+ 投递", "round 美团+ 笔试 04-01 19:00"),
}
"""Lines that tell of several things."""

ASKED = {
    "kuaishou hr interview next wed 7pm": "round 快手+ HR面 04-01 19:00 ?",
    "applied to Stripe backend yesterday": "apply Stripe+ [backend] 投递 03-24 ?",
    "腾讯 字节 二面": "stage + 二面 ?",
    "蓝鲸科技 一面 周三14:00": "round 蓝鲸科技+ 一面 03-25 14:00 ?",
    "快手 三面 周五 15:00": "round 快手+ 三面 03-27 15:00 ?",
    "字节 笔试 明天 19:00": "round 字节跳动#1 [后端] 笔试 03-26 19:00 ?",
    "字节 二面 3月20日 14:00": "round 字节跳动#1 [后端] 二面 03-20 14:00 ?",
    "今天得到了二面的消息": "round + 二面 03-25 ?",
    "美团 意向": "stage 美团+ 意向 ?",
    "Stripe ghosted me": "outcome Stripe+ rejected silence ?",
    "字节笔试忘了做": "outcome 字节跳动#1 [后端] 笔试 rejected missed ?",
    "错过了字节笔试": "outcome 字节跳动#1 [后端] 笔试 rejected missed ?",
    "自如一面挂了": "outcome 自如+ 一面 rejected ?",
    "一点资讯一面过": "outcome 一点资讯+ 一面 passed ?",
    "腾讯 笔试 4.1-4.3": "round 腾讯#2 笔试 04-01…04-03 ?",
    "腾讯 测评 截止 3.28": "round 腾讯#2 测评 03-25…03-28 ?",
    "腾讯 测评 3月28日前完成": "round 腾讯#2 测评 03-25…03-28 ?",
    "昨天投的腾讯": "stage 腾讯#2 投递 03-24 ?",
    "投了蓝鲸科技后端": "apply 蓝鲸科技+ [后端] 投递 ?",
    "面试了一下蓝鲸科技": "stage 蓝鲸科技+ 一面 ?",
    "快手算法一面过了": "outcome 快手#6 [算法] 一面 passed ?",
    "投递 字节 抖音电商 后端开发": "stage 字节跳动#1 [后端] 投递 ?",
    "华为二面 明天10点": "round 华为+ 二面 03-26 10:00 ?",
    "腾讯简历通过": "outcome 腾讯#2 投递 passed ?",
    "腾讯笔试过": "outcome 腾讯#2 笔试 passed ?",
    "过了腾讯笔试": "outcome 腾讯#2 笔试 passed ?",
    "腾讯笔试AC了3道": "stage 腾讯#2 笔试 ?",
    "腾讯 笔试 明晚七点到九点": "round 腾讯#2 笔试 03-26 19:00…03-26 21:00 ?",
    "二面 周三 14:00": "round + 二面 03-25 14:00 ?",
    "后端一面过了": "outcome + [后端] 一面 passed ?",
    "挂了": "outcome + rejected ?",
    "过了": "outcome + passed ?",
    "收到offer了！": "outcome + offer offer ?",
    "米哈游 笔试 4.5 19:00": "round 米哈游#15 笔试 04-05 19:00 ?",
    "mhy 笔试 4.5 19:00": "round 米哈游#15 笔试 04-05 19:00 ?",
    "哔哩 挂了": "outcome 哔哩+ rejected ?",
}
"""Lines that leave something open."""

REFUSED = {
    "字节 二面 2月31日 14:00": "stage 字节跳动#1 [后端] 二面 ✗",
    "字节 二面 明天 25:00": "stage 字节跳动#1 [后端] 二面 ✗",
    "字节 二面 明天 20:30-19:00": "stage 字节跳动#1 [后端] 二面 ✗",
    "京东被捞了": "revive 京东+ ✗",
    "得到字节的一面": "stage 字节跳动#1 [后端] 一面 ✗",
    "华为挂了": "outcome 华为+ rejected ✗",
    "小红书从池子里捞出来了": "revive 小红书+ ✗",
    "美团 截止 3.20": "deadline 美团+ 意向 03-20 ✗",
    "字节 二面 13月5日": "stage 字节跳动#1 [后端] 二面 ✗",
    "字节 二面 4月31日 下午": "stage 字节跳动#1 [后端] 二面 ✗",
    "3月32号 字节二面": "stage 字节跳动#1 [后端] 二面 ✗",
    "米哈游 泡池子": "pool 米哈游#15 二面 ✗",
    "腾讯 二面 约了3月20日 10:00": "round 腾讯#2 二面 03-20 10:00 ✗",
    "美团 一面 昨天约好 3月24日 10:00": "round 美团+ 一面 03-24 ✗",
    "明天字节挂了": "outcome 字节跳动#1 [后端] 一面 rejected 03-26 ✗",
}
"""Lines that cannot be true."""

QUIET = {
    "字节那个岗挂了吗": "question",
    "泡池子是什么意思": "question",
    "打算这周把美团也投了": "intention",
    "did I hear back from Meituan": "question",
    "要不要投腾讯": "question",
    "想投美团": "intention",
    "如果一面过了再说": "intention",
    "明天记得投字节": "intention",
    "准备美团二面": "intention",
    "还没挂": "nothing_said",
    "腾讯没收到消息": "nothing_said",
    "haven't heard from Tencent": "nothing_said",
    "感觉腾讯一面要挂": "nothing_said",
    "估计字节凉了": "nothing_said",
    "室友字节挂了": "nothing_said",
    "字节挂了没": "question",
    "腾讯过没过啊": "question",
    "Should I apply to Meituan": "question",
    "want to apply to Meituan": "intention",
    "plan to apply to Tencent next week": "intention",
    "maybe I should withdraw from Tencent": "intention",
    "any news from Meituan": "question",
    "Has Meituan replied": "question",
    "I haven't applied to Meituan yet": "nothing_said",
    "not rejected by Tencent": "nothing_said",
    "apply to Meituan": "intention",
    "今天": "nothing_said",
    "😀😀": "nothing_said",
    "4月": "nothing_said",
    "字节": "nothing_said",
    "美团 后端": "nothing_said",
    "my friend got an offer from Google": "nothing_said",
    "我感觉字节一面过了": "nothing_said",
    "美团明天笔试吗": "question",
    "美团笔试是几点": "question",
    "想知道字节过了没": "question",
    "希望字节能过": "intention",
    "求字节offer": "intention",
    "保佑美团别挂": "intention",
    "什么时候能收到腾讯offer啊": "question",
    "字节到底挂没挂": "question",
    "有人拿到字节offer了吗": "question",
    "听说美团缩招了": "nothing_said",
    "不想去美团了": "intention",
    "算了不投字节了": "nothing_said",
    "美团没戏了": "nothing_said",
    "4.10前投美团": "intention",
    "accepted? no, JD": "question",
    "If I pass the Tencent interview I will celebrate": "intention",
    "when is the meituan interview": "question",
    "hope to pass Tencent": "intention",
    "not yet heard from JD": "nothing_said",
    "my roommate failed Tencent": "nothing_said",
    "腾讯面试官问了什么是死锁": "nothing_said",
    "美团的笔试要不要做": "question",
    "考虑投美团": "intention",
    "不知道字节挂没挂": "question",
    "字节好像没戏了吧": "question",
    "等字节二面结果": "nothing_said",
    "等腾讯offer": "nothing_said",
    "有空投一下美团": "intention",
    "字节二面还没约": "nothing_said",
    "字节没挂": "nothing_said",
    "腾讯没有笔试": "nothing_said",
    "祝我字节过": "intention",
    "提醒我明天投美团": "nothing_said",
}
"""Questions, plans, doubts, other people: nothing is written, and why."""

LETTERS = {
    "【美团招聘】王同学您好，感谢您投递美团后端开发工程师，诚邀您参加一面，时间：2026年4月1日 19:00-20:00，腾讯会议：123-456-789，链接 https://meeting.tencent.com/dm/xxx 。如有疑问请回复。": "round 美团+ [后端开发工程师] 一面 04-01 19:00…04-01 20:00 @腾讯会议 123-456-789",
    "【海康威视】同学您好，很遗憾您未能通过本次面试，我们已将您的简历纳入人才库。": "outcome 海康威视+ rejected letter",
    "Dear candidate, thank you for applying to Stripe. Unfortunately, we will not be moving forward with your application at this time.": "outcome Stripe+ rejected letter ?",
    "【腾讯】您好，您的测评链接为 https://x.y/z，请于48小时内完成。": "round 腾讯#2 测评 03-25 10:00…03-27 10:00 ?",
    "【京东】恭喜您通过二面，HR面安排在3月30日下午3点，电话沟通，请保持畅通。": "round 京东#13 HR面 03-30 15:00",
    "【快手】感谢您投递快手，您的简历我们已收到，会尽快评估。": "stage 快手#6 [算法] 投递 ?",
    "【拼多多】恭喜您！很高兴通知您已被录用，offer letter 已发送至邮箱。": "outcome 拼多多+ offer offer",
}
"""What recruiters write, pasted."""


@pytest.mark.parametrize(("line", "expected"), [*SURE.items(), *ASKED.items(), *REFUSED.items(), *LETTERS.items()])
def test_a_line_proposes_one_change(line: str, expected: str) -> None:
    assert read(line) == (expected,)


@pytest.mark.parametrize(("line", "expected"), SEVERAL.items())
def test_a_line_proposes_several_changes(line: str, expected: tuple[str, ...]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(("line", "expected"), QUIET.items())
def test_a_line_proposes_nothing(line: str, expected: str) -> None:
    assert read(line) == (f"({expected})",)


@pytest.mark.parametrize("line", ["", "   ", "\n\n", "\u200b\ufeff"])
def test_an_empty_text_is_empty(line: str) -> None:
    assert read_lines(line.replace("\u200b", ""), book=BOOK, now=NOW).silence is Silence.EMPTY


@pytest.mark.parametrize("text", ["字节 二面 " * 2_000, "a" * (LONGEST_LINE + 1), "腾讯挂了\n" * (MOST_LINES + 1)])
def test_too_much_is_refused_whole(text: str) -> None:
    assert read_lines(text, book=BOOK, now=NOW).silence is Silence.TOO_LONG


def test_several_lines_are_read_each_for_itself() -> None:
    text = "- 腾讯 二面 4.1 19:00\n2. 小红书 offer\n\n要不要投百度\n[ ] 美团挂了"
    assert read(text) == (
        "round 腾讯#2 二面 04-01 19:00",
        "outcome 小红书#14 offer offer",
        "outcome 美团+ rejected",
    )


def test_lines_below_a_company_belong_to_it() -> None:
    assert read("小红书：\nHR面 4.1 10:00\n谈薪 4.8 10:00") == (
        "round 小红书#14 HR面 04-01 10:00",
        "round 小红书#14 谈薪 04-08 10:00",
    )


def test_a_letter_of_several_lines_is_one_thing() -> None:
    text = (
        "亲爱的同学：\n您好！恭喜您通过简历筛选，现邀请您参加美团在线笔试。\n笔试时间：2026-04-01 19:00-21:00\n"
        "笔试链接：https://exam.example.com/cts/123\n如需调整时间，是否可以请提前告知？\n祝好"
    )
    proposal = only(text)
    assert read(text) == ("round 美团+ 笔试 04-01 19:00…04-01 21:00",)
    assert (proposal.link, proposal.note) == ("https://exam.example.com/cts/123", "")


def test_several_letters_are_several_things() -> None:
    text = "【腾讯】同学您好，很遗憾您未能通过本次面试。\n【美团】您好，邀请您参加一面，时间：4月1日 19:00，现场，地点：北京望京街4号，请准时。"
    assert read(text) == ("outcome 腾讯#2 一面 rejected letter", "round 美团+ 一面 04-01 19:00 @北京望京街4号")


def test_all_fields_of_an_application() -> None:
    proposal = only("美团 后端 提前批 @牛客 #ABC123 内推人 李雷 第二志愿 服从调剂 北京 截止 8.20")
    assert (proposal.position, proposal.batch, proposal.channel, proposal.referral_code) == (
        "后端",
        "提前批",
        "牛客",
        "ABC123",
    )
    assert (proposal.referrer, proposal.preference, proposal.adjustable, proposal.city) == ("李雷", 2, True, "北京")
    assert (proposal.phase, proposal.confidence, proposal.guessed) == ("intent", 1.0, ())


def test_all_fields_of_a_round() -> None:
    line = "字节 二面 周三 14:00 腾讯会议 123-456-789 密码 8888 时长45分钟 面试官：韩梅 https://meet.example.com/x"
    proposal = only(line)
    assert (proposal.place, proposal.medium, proposal.link) == (
        "腾讯会议 123-456-789 密码 8888",
        "online",
        "https://meet.example.com/x",
    )
    assert (proposal.minutes, proposal.interviewer, proposal.phase) == (45, "韩梅", "interview")


@pytest.mark.parametrize(
    ("line", "medium"),
    [
        ("美团 一面 周五 14:00 现场", "onsite"),
        ("美团 电话面 周五 14:00", "phone"),
        ("美团 一面 周五 14:00 Zoom", "online"),
    ],
)
def test_how_a_round_takes_place(line: str, medium: str) -> None:
    assert only(line).medium == medium


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("腾讯一面过了，问了为什么离职", "问了为什么离职"),
        ("问了HR 京东 说还在流程", "说还在流程"),
        ("字节二面过了，手撕了两道链表", "手撕了两道链表"),
        ("小红书 HR面 周五 14:00", ""),
    ],
)
def test_what_has_no_field_is_a_note(line: str, note: str) -> None:
    assert only(line).note == note


@pytest.mark.parametrize(
    ("line", "guessed"),
    [
        ("tx 二面 周五", "company"),
        ("荣耀 面试 周五 10:00", "stage"),
        ("美团 一面 3点", "at"),
        ("海康 云存储 一面", "position"),
        ("腾讯 ddl 3.30", "application_id"),
    ],
)
def test_what_is_inferred_is_said(line: str, guessed: str) -> None:
    proposal = only(line)
    assert guessed in proposal.guessed
    assert proposal.confidence < 1


def test_an_unknown_company_may_be_added_or_be_a_known_one() -> None:
    proposal = only("哔哩 一面")
    assert (proposal.company, proposal.company_id) == ("哔哩", None)
    assert [choice.label for choice in proposal.choices][:2] == ["Add 哔哩", "哔哩哔哩 · 笔试"]
    assert proposal.question == "«哔哩» is not on your list."


def test_two_open_applications_are_asked_about_unless_the_line_tells_them_apart() -> None:
    asked = only("快手 三面 周五 15:00")
    assert [choice.application_id for choice in asked.choices] == [6, 7]
    assert only("快手 算法 三面 周五 15:00").application_id == 6
    assert only("快手后端一面过了").application_id == 7


def test_an_everyday_word_is_no_company_beside_one() -> None:
    assert only("得到腾讯二面的机会").company == "腾讯"


def test_a_well_known_company_needs_no_list() -> None:
    proposal = only("ByteDance 二面 周五 14:00", CompanyBook())
    assert (proposal.company, proposal.company_id, proposal.is_ready) == ("字节跳动", None, True)


def test_markup_and_brackets_are_only_letters() -> None:
    assert only("腾讯 二面 周五 14:00 [/x] [@click=app.quit]").question == ""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*SURE, *QUIET, *REFUSED]),
            st.sampled_from(
                [
                    "字节",
                    "腾讯",
                    "一面",
                    "二面",
                    "挂",
                    "过",
                    "了",
                    "周三",
                    "14:00",
                    "截止",
                    "投",
                    "没",
                    "吗",
                    "，",
                    "。",
                    "和",
                    "HR",
                    "2月31日",
                    "@",
                    "#",
                    "得到",
                    "面",
                    "等",
                    "offer",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=6,
    )
)
def test_whatever_is_typed_is_read_without_an_error(words: list[str]) -> None:
    reading = read_lines("".join(words), book=BOOK, now=NOW)
    assert (reading.silence is None) == bool(reading.proposals)
    for proposal in reading.proposals:
        assert 0 <= proposal.confidence <= 1
        assert proposal.at is None or proposal.at.tzinfo is not None
        assert proposal.ends_at is None or proposal.at is None or proposal.ends_at >= proposal.at
        assert proposal.company or proposal.question
