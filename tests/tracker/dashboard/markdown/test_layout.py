"""Documents laid out: each is written beside the lines it becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker.dashboard.markdown import looks
from tracker.dashboard.markdown.layout import Document, lay_out, lay_out_source
from tracker.dashboard.markdown.looks import style_of
from tracker.dashboard.theme import DARK, LIGHT


def lines_of(document: Document) -> list[str]:
    return ["".join(piece.text for piece in line.pieces).rstrip() for line in document.lines]


def text_of(source: str, width: int = 60, toggled: frozenset[int] = frozenset()) -> str:
    return "\n".join(lines_of(lay_out(source, width=width, toggled=toggled)))


def looks_of(source: str, part: str) -> set[int]:
    document = lay_out(source, width=80)
    return {piece.look for line in document.lines for piece in line.pieces if part in piece.text}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<u>重点</u>：价格 $5 和 $6，`$PATH` 不动", "重点：价格 $5 和 $6，$PATH 不动"),
        ("vector<int> 与 <start>，a<b，x>0，a<b and c>d", "vector<int> 与 <start>，a<b，x>0，a<b and c>d"),
        ("[MASK] [mask] [/x] [0,1]", "[MASK] [mask] [/x] [0,1]"),
        ("H<sub>2</sub>O x<sup>n</sup> y<sub>词</sub>", "H₂O xⁿ y_词"),
        ("一<br>二<br/>三", "一\n二\n三"),
        ("<div>一</div><p>二</p>", "一\n二"),
        ("&lt;a&gt; &amp; &nbsp;x", "<a> & \u00a0x"),
        ("**词：**义 **“引”**是 2*3*4 **kwargs", "词：义 “引”是 2*3*4 **kwargs"),
        ("~~旧~~ 新", "旧 新"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("[MASK]: 掩码\n\n[MASK]", "[MASK]: 掩码\n\n[MASK]"),
        ("[词][key]\n\n[key]: https://a.example/x", "词"),
        ("其中$x_1$，\\(y\\)", "其中x₁，y"),
        ("$$\nL\n= -\\sum_i y_i\n- z\n$$", "    L = -∑ᵢ yᵢ - z"),
        ("\\begin{align}\na &= b \\\\\n&= c\n\\end{align}", "    a = b\n    = c"),
        ('![图一](a/b.png) <img src="pictures/attention.png">', "(image: 图一) (image: attention.png)"),
        ("注[^a]。\n\n[^a]: 脚注", "注¹。\n\n────────────\n1. 脚注"),
        ("[^1] 没有定义", "[^1] 没有定义"),
        ("> 引\n>\n> > 再引", "▎ 引\n▎\n▎ ▎ 再引"),
        ("- 一\n  - 二\n    1. 三\n    7. 四\n- [x] 做完\n- [ ] 没做", "• 一\n  ◦ 二\n    1. 三\n    7. 四\n• ☑ 做完\n• ☐ 没做"),
        ("- 一\n\n- 二", "• 一\n\n• 二"),
        ("1.\n2. 二", "1.\n2. 二"),
        ("## 二级\n文", "二级\n\n文"),
        ("# 一级\n文", "一级\n" + "─" * 60 + "\n文"),
        ("    四个空格的中文，不是代码。", "四个空格的中文，不是代码。"),
        ("```\n[key]: https://x\n<details>\n$x$\n```", " [key]: https://x\n <details>\n $x$"),
        ("```python\n没有关上", "                                                     python\n 没有关上"),
        ("<!-- 不显示 -->显示", "显示"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_document_keeps_what_is_not_markdown_and_shows_what_is(source: str, shown: str) -> None:
    assert text_of(source) == shown


@pytest.mark.parametrize(
    ("source", "part", "look"),
    [
        ("**重**", "重", looks.STRONG),
        ("## 二级", "二级", looks.STRONG | looks.UNDERLINED),
        ("### 三级", "三级", looks.STRONG),
        ("##### 五级", "五级", looks.STRONG | looks.EMPHASIS),
        ("*斜*", "斜", looks.EMPHASIS),
        ("`码`", "码", looks.CODE),
        ("[链](https://a.example)", "链", looks.LINK),
        ("https://a.example/词，后", "https", looks.LINK),
        ("<mark>标</mark>", "标", looks.MARKED),
        ("```python\ndef f(): ...\n```", "def", looks.BLOCK | looks.KEYWORD),
        ("```nothing-known\ndef f(): ...\n```", "def", looks.BLOCK),
    ],
)
def test_parts_look_as_what_they_are(source: str, part: str, look: int) -> None:
    assert looks_of(source, part) == {look}


def test_a_new_line_within_prose_that_an_editor_broke_is_no_new_line() -> None:
    source = "The first line of this paragraph was broken by an editor at seventy\ncells and goes on here."
    assert text_of(source, 100) == source.replace("\n", " ")


TABLE = """
| 词 | 标记 | 说明 |
|---|:-:|--:|
| 掩码 | [mask] | 盖住的词 | 多出来的一格 |
| 关闭 | [/x] |
"""


def test_a_ragged_table_loses_nothing() -> None:
    assert text_of(TABLE).split("\n") == [
        "词   │  标记  │     说明 │",
        "─────┼────────┼──────────┼─────────────",
        "掩码 │ [mask] │ 盖住的词 │ 多出来的一格",
        "关闭 │  [/x]  │          │",
    ]


def test_a_table_is_wrapped_where_it_fits_and_wide_where_it_cannot() -> None:
    long = "| 词 | 义 |\n|---|---|\n| 掩码的一种很长的写法 | 盖住 |\n| 甲 | 乙 |\n"
    above = {}
    for width in (20, 60):
        lines = text_of(long, width).split("\n")
        above[width] = lines[next(at for at, line in enumerate(lines) if line.startswith("甲")) - 1]
    assert above[60].startswith("掩码的一种很长的写法")
    assert above[20].startswith("─")
    many = "|".join(["很长的列名字"] * 12)
    wide = lay_out(f"{many}\n{'|'.join(['-'] * 12)}\n{many}", width=60)
    assert wide.widest > 60
    assert lines_of(wide)[0].count("很长的列名字") == 12


DETAILS = """
先说一句。

<details>
<summary>答案</summary>

里面的 **话**

<details><summary>更里面</summary>最里面</details>

</details>

之后
"""


def test_details_fold_and_unfold() -> None:
    assert text_of(DETAILS) == "先说一句。\n\n▸ 答案\n\n之后"
    assert text_of(DETAILS, toggled=frozenset({0})) == "先说一句。\n\n▾ 答案\n  里面的 话\n\n  ▸ 更里面\n\n之后"
    assert "最里面" in text_of(DETAILS, toggled=frozenset({0, 1}))
    folds = lay_out(DETAILS, width=60, toggled=frozenset({0})).folds
    assert [(fold.line, fold.number, fold.is_open) for fold in folds] == [(2, 0, True), (5, 1, False)]


@pytest.mark.parametrize(
    "source", ["<details><summary>答案</summary>内容</details>", "前\n<details open>内容", "前\n<details>\n\n内容"]
)
def test_what_folds_shows_what_its_author_left_open_or_begins_with(source: str) -> None:
    assert ("内容" in text_of(source)) == ("open" in source or source.startswith("<"))


def test_links_images_headings_and_code_are_known() -> None:
    document = lay_out(
        "# 一 级\n[甲](#一-级) <a href='b.md'>乙</a> ![丙](c.png)[![丁](d.png)](https://e.example)\n\n```c\nint x;\n```",
        width=60,
    )
    assert [(link.text, link.target, link.image) for link in document.links] == [
        ("甲", "#一-级", False),
        ("乙", "b.md", False),
        ("丙", "c.png", True),
        ("丁", "https://e.example", False),
        ("丁", "d.png", True),
    ]
    assert document.anchors == {"一-级": 0}
    assert document.codes == ["int x;\n"]


def test_long_code_is_broken_and_kept_whole() -> None:
    code = "x" * 100
    shown = lines_of(lay_out(f"```\n{code}\n```", width=40))
    assert [line[:1] for line in shown] == [" ", "↪", "↪"]
    assert "".join(line[1:] for line in shown) == code


def test_the_source_is_shown_as_it_was_written() -> None:
    document = lay_out_source("# 一\n\n**二**\t$x$\n" + "长" * 30, width=40)
    assert lines_of(document) == ["# 一", "", "**二**   $x$", "长" * 20, "长" * 10]


@pytest.mark.parametrize("source", ["> " * 500 + "x", "- " * 500 + "x"])
def test_what_is_nested_too_deeply_is_shown_as_it_was_written(source: str) -> None:
    shown = text_of(source)
    assert "x" in shown
    assert "nested too deeply" in shown


SIGNS = [
    *list("*_`$<>[]()#|-!\\~&^:{}/\n\t 字，a1"),
    "<details>",
    "</details>",
    "```",
    "$$",
    "\\begin{align}",
    "\x1b[31m",
    "\x00",
    "👩\u200d💻",
    "<b>",
    "1. ",
    "> ",
    "| a | b |\n|--|--|\n",
    "[^1]: ",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
def test_any_text_is_laid_out_within_its_width(source: str) -> None:
    document = lay_out(source, width=30)
    has_table = "|" in source
    for line in document.lines:
        text = "".join(piece.text for piece in line.pieces)
        assert cell_len(text) == line.width
        assert has_table or line.width <= 30
        assert not {"\x1b", "\x00"} & set(text)
    for fragments in document.texts:
        for fragment in fragments:
            assert fragment.stop <= sum(len(piece.text) for piece in document.lines[fragment.line].pieces)


@given(
    st.lists(st.text(alphabet="字词，。abc 1", min_size=1, max_size=30), min_size=1, max_size=8), st.integers(20, 60)
)
def test_no_word_is_lost_where_lines_are_broken(parts: list[str], width: int) -> None:
    source = "".join(parts).strip()
    shown = "".join(lines_of(lay_out(source, width=width)))
    assert "".join(shown.split()) == "".join(source.split())


def test_every_look_has_a_style_of_its_own_in_both_themes() -> None:
    for theme in (DARK, LIGHT):
        styles = [style_of(1 << number, theme) for number in range(19)]
        assert len({str(style) for style in styles}) >= 15
        assert style_of(0, theme) not in styles
