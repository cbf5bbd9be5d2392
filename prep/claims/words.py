"""The words by which the program tells what a number is about: units, measures, cues of pay, rank and dates."""

import re

from prep.claims.numbers import NUMBER

PERSONAL = frozenset(
    {
        "expected_pay",
        "current_pay",
        "graduation",
        "start_date",
        "availability",
        "days_a_week",
        "gpa",
        "rank",
        "exam",
    }
)
"""Subjects of which a person has one: two values contradict each other wherever they stand."""

PER_COMPANY = frozenset({"expected_pay", "start_date", "availability", "days_a_week", "offered_pay"})
"""Subjects on which one may well say other things to other companies."""

MONTH = "month"
UNITS = (
    (r"个?百分点|pp\b|percentage points?", "percentage", "point", 1.0),
    (r"[%％]|percent\b", "percentage", "%", 1.0),
    (r"个?多?月(?![薪份内])|months?\b", "duration", MONTH, 1.0),
    (r"年(?![级薪包终度会底初月轻代])|years?\b|yrs?\b", "duration", MONTH, 12.0),
    (r"周(?![年一二三四五六日末岁])|个?星期|weeks?\b", "duration", "week", 1.0),
    (r"天(?!猫|津|使|然|池)|days?\b", "duration", "day", 1.0),
    (r"小时|hours?\b", "duration", "hour", 1.0),
    (r"分钟|minutes?\b", "duration", "minute", 1.0),
    (r"毫秒|ms\b", "measure", "ms", 1.0),
    (r"秒|seconds?\b", "measure", "ms", 1000.0),
    (r"[Qq][Pp][Ss]\b", "measure", "QPS", 1.0),
    (r"[GgTM][Bb]?\s?显存|GB\b|TB\b|MB\b", "measure", "size", 1.0),
    (r"倍|[x×](?![A-Za-z0-9])", "multiple", "times", 1.0),
    (
        r"(?:多?个?|多?名|多?位)人(?![民工才均次机脸类生])|people\b|engineers?\b|members?\b|developers?\b",
        "count",
        "people",
        1.0,
    ),
    (r"多?名(?=同学|工程师|成员|学生|实习生|队员)|多?位(?=同学|工程师|同事)|人(?=团队|小组)", "count", "people", 1.0),
    (r"[kK](?![A-Za-z0-9])|千(?![米克瓦])", "money", "", 1000.0),
    (r"[wW](?![A-Za-z0-9])|万(?!一(?!年|个月)|分|能)", "money", "", 10000.0),
    (r"元|块(?:钱)?|RMB\b|CNY\b|(?=/\s?(?:天|日|月|年|day|month|year))", "money", "", 1.0),
    (r"(?:篇|papers?\b)", "count", "papers", 1.0),
    (r"(?:条|次|家|道|款|台|张|项|个)(?![百星小月人])", "count", "", 1.0),
    (r"分(?![钟之类布析段])", "score", "points", 1.0),
)
"""Pattern, kind, unit, factor to that unit; the first that fits counts."""

UNIT = re.compile("|".join(f"(?P<u{index}>{pattern})" for index, (pattern, *_rest) in enumerate(UNITS)))
SEPARATOR = r"\s*(?:-|–|—|~|～|到|至|to)\s*"
QUANTITY = re.compile(
    r"(?P<currency>[$€£¥￥])?"
    rf"(?P<hundredth>百分之\s*)?(?P<low>{NUMBER})(?P<factor>\s?[kKwW万千](?=\s*(?:-|–|—|~|～|到|至|to)))?"
    rf"(?:{SEPARATOR}(?P<high>{NUMBER}))?"
)

COUNTED = re.compile(r"\s*(?:多?人|条|篇|次|行|张|[Ss]tars?|用户|QPS|qps|tokens?|样本|数据|参数|文档|[级量]|PV|UV|DAU)")
"""Behind k or 万: things that are counted, so that it is no money."""
CLAUSE_END = re.compile(r"[，,、:：（(]")
GLUED = re.compile(r"[A-Za-z0-9_@#./\\-]$")
"""Before a number in figures that is part of a name or a code."""
ORDINAL = re.compile(r"第\s?$")
"""Before a number that counts places in a row."""

KNOWN_MEASURES = (
    r"F1|AUC|GAUC|BLEU(?:-\d)?|ROUGE(?:-[L\d])?|mAP|MRR|NDCG(?:@\d+)?|Recall(?:@\d+)?|Hit(?:@\d+)?|Precision|Accuracy"
    r"|PPL|perplexity|WER|CER|MAE|RMSE|QPS|P9[059]|CTR|CVR|ROI|latency|throughput|coverage"
)
MEASURE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{KNOWN_MEASURES})(?![A-Za-z])|[\u4e00-\u9fff]{{2}}率(?:@\d+)?|延迟|时延|耗时|响应时间|吞吐量?|显存|成本|首字时间",
    re.IGNORECASE,
)
LEADS_TO_FIGURE = re.compile(
    r"\s*(?:值|得分|分数|score)?\s*(?:最终|最后|也|都|已经)?\s*"
    r"(?:从|由|达到了?|做到了?|[提升涨降压减优]\S?[到至]了?|有|为|是|到|在|约|大概|[=:：]|(?:of|is|was|at|to|from|reached|by)\b)*\s*$",
    re.IGNORECASE,
)

FROM = re.compile(r"(?:从|由|原来的?|之前的?|基线|baseline|from)\s*(?:约|大概|的)?\s*$", re.IGNORECASE)
TO_BEHIND = re.compile(
    r"\s*(?:[%％]|ms|毫秒|秒)?\s*(?:→|->|(?:[提升涨降压减优]\S?)?[到至](?=\s*\d)|to\s+\d|(?:提升|提高|降低|下降|涨|升|降|压|优化|压缩|缩短|减少)[到至])"
)
CHANGE_BY = re.compile(
    r"\b(?:improv|increas|reduc|cut|grew|dropp?|decreas|rais|lower)\w*\s[^,.]{0,40}\bby\s*$", re.IGNORECASE
)
CHANGE = re.compile(
    r"(?:提升|提高|增长|增加|上涨|涨|降低|减少|下降|压缩|节省|缩短|节约|快|慢|高|低|多|少"
    r"|improved|increased|reduced|cut|grew|dropped|gained|saved)(?:了|约|近|超过|将近|by|\s)*\s*$",
    re.IGNORECASE,
)

PAY = re.compile(
    r"薪|工资|待遇|年包|总包|月base|\bbase\b|\bpackage\b|salary|\bpay\b|compensation|报酬|开价|报价|到手|\bTC\b",
    re.IGNORECASE,
)
EXPECTED = re.compile(r"期望|希望|预期|期待|心理价位|想要|要求|expect|asking|hoping for|looking for", re.IGNORECASE)
OFFERED = re.compile(r"开到?|给到?了?|开出|答应|承诺给|报价|offer(?:ed)?\b|promised", re.IGNORECASE)
CURRENT = re.compile(r"目前|现在|当前|上一份|现有|current(?:ly)?\b|present\b", re.IGNORECASE)
LOWEST, HIGHEST = re.compile(r"最低|底线|保底|minimum|at least", re.IGNORECASE), re.compile(r"最高|上限|封顶|maximum")
A_YEAR = re.compile(
    r"年薪|年包|总包|一年|/年|每年|package|a year|per year|annual|yearly|/\s?year|p\.a\.", re.IGNORECASE
)
A_DAY = re.compile(r"日薪|一天|每天|/天|/日|a day|per day|/\s?day|daily", re.IGNORECASE)
A_MONTH = re.compile(r"月薪|月base|每月|一个月|/月|a month|per month|monthly|/\s?month", re.IGNORECASE)
LEAST_A_YEAR = 100_000
"""Yuan from which pay without a word for its period is pay for a year."""
LEAST_A_MONTH = 1_000
"""Below this many it is pay for a day."""

AVAILABLE = re.compile(
    r"可以?(?:连续|稳定|保证|全职)?实习|能(?:够|连续|保证)?实习|实习期|至少实习"
    r"|可(?:以)?(?:保证|连续)|实习时长|实习多久|intern for|available",
    re.IGNORECASE,
)
INTERNED = re.compile(r"实习|intern(?:ed|ship)?\b", re.IGNORECASE)
EXPERIENCED = re.compile(r"经验|经历|experience", re.IGNORECASE)
A_WEEK = re.compile(
    r"(?:每周|(?:一周|一个星期)(?![之以]?[内后前]|多|左右)|每星期|/周|a week|per week|each week|weekly)", re.IGNORECASE
)
PUBLISHED = re.compile(
    r"论文|发表|一作|二作|共一|第一作者|录用|中稿|在投|顶会|期刊|会议|SCI|EI|CCF|papers?\b|publi", re.IGNORECASE
)
TEAM = re.compile(r"团队|小组|[我们项目课题]组|一共|共有?|\bteam\b|带(?:领|了)?|负责人|led\b", re.IGNORECASE)
GRADUATES = re.compile(r"毕业(?!设计|论文|答辩|典礼|季|旅行)|届|graduat", re.IGNORECASE)
STARTS = re.compile(r"到岗|报到|可以?来|能来|start(?:ing)?\b|\bjoin\b|onboard|可以?上班|能上班", re.IGNORECASE)
BEGAN = re.compile(r"入职|上班")
"""Beside a year it tells of a start date only with ``MAY``: 2024 年 5 月入职美团 is history."""
MAY = re.compile(r"可以?|能|最快|最早|最晚|预计|希望|打算|计划|随时|没问题|都行")
GPA = re.compile(r"GPA|绩点|均分|平均分|加权", re.IGNORECASE)
EXAM = re.compile(r"四级|六级|CET-?\s?[46]|雅思|托福|IELTS|TOEFL|GRE|GMAT|PAT|CSP", re.IGNORECASE)
SAME_EXAM = {"四级": "cet4", "六级": "cet6", "雅思": "ielts", "托福": "toefl"}
RANK = re.compile(
    r"(?:(?P<cue>排名|名次|ranked|ranking|rank|专业|年级|班级|全班|学院|全院|全系|全校|全国|绩点|成绩|GPA|竞赛|比赛)[^0-9，。,.;；]{0,5}?)?"
    rf"(?P<lead>第|前|top|排名|ranked|rank)\s*(?P<place>{NUMBER})"
    rf"\s*(?:(?P<percent>[%％])|(?:/|of|out of)\s*(?P<total>\d+)|名|人)?",
    re.IGNORECASE,
)
SCOPES = re.compile(r"专业|年级|班|学院|全院|系|全校|major|class|grade|department", re.IGNORECASE)

QUALIFIERS = re.compile(
    r"本科|硕士|研究生|博士|高中|大一|大二|大三|大四|研一|研二|训练集|验证集|测试集|开发集|线上|离线|[AB]\s?榜|公开榜|宏平均|微平均|基线|单卡|双卡|八卡"
    r"|P9[059]|税前|税后|第[一二三四]段|第[一二三四]个|上一段|写|读|峰值|平均|首次"
    r"|\b(?:bachelor|undergraduate|master|PhD|dev|test|train|validation|online|offline|macro|micro|baseline|net|gross|peak|average)\b",
    re.IGNORECASE,
)
SAME_QUALIFIER = {"研究生": "硕士", "undergraduate": "本科", "bachelor": "本科", "master": "硕士", "phd": "博士"}

NOT_MINE = re.compile(
    r"他们|你们|贵司|贵公司|对方|面试官|同事|同学(?!一起)|师兄|师姐|别人|[他她](?!们的)|竞品|行业|市面|\b(?:they|their|your|he|she|his|her|competitors?)\b",
    re.IGNORECASE,
)
NOT_SURE = re.compile(
    r"如果|假如|假设|要是|万一|比如|例如|举例|\b(?:if|suppose|say|e\.g\.|for example)\b", re.IGNORECASE
)
DENIED = re.compile(r"(?:不是|没有|并非|没到|没说|\bnot)\s*$", re.IGNORECASE)

PROJECT = re.compile(r"([\u4e00-\u9fff]{2,10})(?:项目|系统|平台|比赛|竞赛|大赛|任务|课题|助手|引擎|数据集)")
QUOTED = re.compile(r"[《“「『]([^》”」』\n]{2,24})[》”」』]")
LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+#.\-]*[A-Za-z0-9+#]")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
EDGE = re.compile(r"[的了在从把对为与和及我你他她它们这那个是将用到过给被让以还也就都里做后前时中有其并再]")
"""Between the words of a phrase: what a project's name does not begin with."""

ORDINARY = frozenset(
    (  # noqa: SIM905 - words read better than a list of strings
        "达到 做到 提升 提高 最终 最后 结果 指标 准确 确率 召回 回率 精确 左右 以上 大约 大概 接近 实习 "
        "经验 经历 负责 主要 时间 效果 优化 项目 目前 现在 之前 后来  我们 团队 小组 一共 个人 一个 "
        "个月 三个 两个 四个 几个 百分 分之 上线 线上 离线 延迟 时延 耗时 毫秒 自己 可以 能够 完成 通过 "
        "平均 工作 左右 当时 整体 模型 数据 公司  期望 薪资 希望 月薪 年薪 同时 同学 参与 进行 使用 "
        "采用 方法 方案 从零 独立 带领 稳定 还是 就是 只有 已经 那段 那边 这段 不算 一段 段时 前后 其中 "
        "这个 那个 "
    ).split()
)
"""Pairs of characters that say nothing of what a sentence is about."""
ORDINARY_LATIN = frozenset(
    (  # noqa: SIM905 - words read better than a list of strings
        "hr offer base package salary pay gpa k w qps rmb cny star situation task action result ok ai ml pm "
        "pr app it the january february march april may june july august september october november december "
        "linux git gpu cpu api ppt "
    ).split()
)
"""Latin words that name no project and no company, folded."""
ORDINARY_ENGLISH = frozenset(
    (  # noqa: SIM905 - words read better than a list of strings
        "with from that this which have been were into over about after before then than also more most final finally"
        " reached reaching model result results score achieved achieving improved team project worked work using used"
        " internship interned months month years year weeks experience percent their them they where when what"
    ).split()
)
"""English words that say nothing of what a sentence is about."""
