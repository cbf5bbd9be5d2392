"""Names of companies that are everyday words: 得到, 自如, 十点. They need more evidence than other names."""

from functools import cache

_WORDS = (
    "得到 自如 美的 理想 联想 苹果 平安 大众 有道 同程 一点 一点资讯 十点 多点 完美 火花 即刻 转转 闲鱼 得力 贝壳 "
    "高途 探探 陌陌 移动 电信 联通 长安 长城 启明 曙光 极光 心动 巨人 洋葱 松鼠 水滴 石墨 雪球 猫眼 大麦 青云 猎豹 "
    "途牛 春雨 主线 蜻蜓 荔枝 毒 全志 合合 书生 面壁 天数 神策 达观 三七 新氧 元气 领克 小电 街电 搜电 达达 闪送 "
    "个推 蓝湖 墨刀 唱吧 墨迹 触宝 更美 果壳 佳缘 珍爱 多益 青瓷 贪玩 创梦 畅游 烽火 浪潮 创维 真我 一加 问界 涂鸦 "
    "恒生 长亭 迅雷 安居客 快手上路 什么值得买 去哪儿 作业帮 好未来 飞书 微信 钉钉 牛客 北森 淘宝 天猫 抖音 支付宝 "
    "灵犀 追一 轻舟 叮咚 瓜子 中行 夸克 菜鸟 巨硬 优信 普渡 通义 可灵 合众 天工 昆仑 keep apple meta honor giant "
    "plum soul riot arm grab unity agora xd yy target gap visa line box square block indeed zoom slack notion shell "
    "chase epic snap match stage monday segment linear quark momo 360 target discover spark bolt"
)


@cache
def _common() -> frozenset[str]:
    return frozenset(_WORDS.split())


def is_common_word(name: str) -> bool:
    """Whether this name, in the form of ``name_key``, is most often an ordinary word or the name of a tool."""
    return name in _common() or len(name) == 1
