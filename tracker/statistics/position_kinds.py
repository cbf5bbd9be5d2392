"""The kind of a position from its name, as people write it: 后端开发, NLP 算法实习, Data Scientist (LLM). Pure."""

import re
from functools import lru_cache

from tracker.messages import _
from tracker.text import name_key

OTHER = "other"
"""The kind of a name that tells none."""
_DEVELOPMENT = "development"

_WORDS = {
    "algorithm": (
        "算法 机器学习 深度学习 强化学习 大模型 多模态 自然语言 语音识别 语音合成 计算机视觉 图像 视觉 推荐 搜索 "
        "广告策略 数据挖掘 知识图谱 人工智能 智能体 自动驾驶 感知 规控 预训练 后训练 对齐 科学家 研究员 "
        "nlp llm llms vlm cv aigc ai agent agents rag ml mle algorithm algorithms researcher research scientist "
        "machine+learning deep+learning reinforcement+learning computer+vision recommendation recommender"
    ),
    "backend": "后端 后台 服务端 服务器 backend back-end server",
    "frontend": "前端 web+前端 frontend front-end vue react javascript typescript",
    "client": "客户端 移动端 移动开发 安卓 鸿蒙 android ios flutter harmonyos mobile client",
    "full_stack": "全栈 full-stack full+stack fullstack",
    "infrastructure": "基础架构 基础设施 编译器 编译 操作系统 内核 数据库 存储 中间件 分布式 云计算 云原生 高性能计算 "
    "infra infrastructure compiler kernel database hpc platform+engineer",
    "reliability": "运维 sre devops 稳定性 site+reliability",
    "security": "安全 security",
    "test": "测试 测开 质量 qa sdet test testing quality",
    "data": "数据 数据分析 数据开发 数据仓库 数仓 大数据 商业分析 bi data analyst analytics data+scientist "
    "data+engineer data+science",
    "embedded": "嵌入式 单片机 固件 驱动 bsp embedded firmware",
    "hardware": "硬件 芯片 电路 射频 模拟 数字ic ic fpga soc 电气 结构 机械 材料 光学 芯片设计 ic+设计 电路设计 "
    "结构设计 硬件设计 机械设计 材料设计 hardware chip asic",
    "game": "游戏开发 引擎 图形 渲染 unity ue ue4 ue5 game+developer graphics",
    "product": "产品 产品经理 策划 pm product product+manager",
    "operations": "运营 用户增长 operations growth",
    "design": "设计 设计师 交互 视觉设计 美术 ui ux designer design 用户研究",
    "market": "市场 销售 商务 营销 品牌 售前 客户经理 marketing sales business+development",
    "functions": "财务 会计 审计 法务 人力 人事 hr hrbp 行政 采购 供应链 finance accountant legal",
    "consulting": "咨询 顾问 解决方案 consultant consulting solution solutions",
    "trainee": "管培 管培生 管理培训 trainee",
    "quant": "量化 交易 quant quantitative trader",
}
_LANGUAGES = "java golang go c++ php python rust scala"
"""Mostly of the back end: they count where no other word tells, as in C++ 研发."""
_GENERAL = "研发 开发 软件 程序员 工程师 技术 software developer development engineer swe sde programmer"
"""Words that tell no more than that software is made: they count last."""

_PARTS = re.compile(r"[()（）\[\]【】「」<>《》|/,，、;；:：·—–_]+|(?<![a-z])-|-(?![a-z])")


def _pattern(words: str) -> re.Pattern[str]:
    """Any of the words; Latin ones only as whole words, Chinese ones anywhere."""
    found = []
    for word in sorted(words.split(), key=len, reverse=True):
        text = r"[ -]?".join(map(re.escape, word.split("+"))) if word != "c++" else re.escape(word)
        is_latin = word.isascii()
        found.append(rf"(?<![a-z]){text}(?![a-z])" if is_latin else text)
    return re.compile("|".join(found))


_KINDS = {kind: _pattern(words) for kind, words in _WORDS.items()}
_LANGUAGE_NAMES = _pattern(_LANGUAGES)
_GENERAL_WORDS = _pattern(_GENERAL)


@lru_cache(maxsize=4096)
def position_kind(position: str) -> str:
    """The kind of a position by its name: a code of ``kind_word``; ``other`` where nothing tells, empty for no name.

    Of several words the last one of a part decides, for it is the head: 硬件测试 is testing, 算法产品经理 product. The
    first part that tells anything counts: brackets, commas and dashes set off what is only near (后端开发-数据平台).
    """
    name = name_key(position)
    if not name:
        return ""
    for part in _PARTS.split(name):
        # The one that ends last; of two that end there, the longer: 视觉设计 before 设计.
        ends = [
            (match.end(), match.end() - match.start(), kind)
            for kind, pattern in _KINDS.items()
            for match in pattern.finditer(part)
        ]
        if ends:
            return max(ends)[2]
    if _LANGUAGE_NAMES.search(name):
        return "backend"
    return _DEVELOPMENT if _GENERAL_WORDS.search(name) else OTHER


def kind_word(code: str) -> str:
    """A kind of position in a word or two; an unknown code is shown as it is."""
    return {
        "algorithm": _("algorithms and AI"),
        "backend": _("back end"),
        "frontend": _("front end"),
        "client": _("client"),
        "full_stack": _("full stack"),
        "infrastructure": _("infrastructure"),
        "reliability": _("reliability (SRE)"),
        "security": _("security"),
        "test": _("testing"),
        "data": _("data work"),
        "embedded": _("embedded"),
        "hardware": _("hardware"),
        "game": _("game engines"),
        "product": _("product work"),
        "operations": _("operations"),
        "design": _("design"),
        "market": _("marketing and sales"),
        "functions": _("finance, law, HR"),
        "consulting": _("consulting"),
        "trainee": _("management trainee"),
        "quant": _("quantitative trading"),
        _DEVELOPMENT: _("software in general"),
        OTHER: _("other kinds"),
    }.get(code, code)
