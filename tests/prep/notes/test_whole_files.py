"""Folders of files that are one question each, and the indexes that link to them."""

from textwrap import dedent

import pytest

from prep.importing.together import read_together
from prep.notes import NotesFindings, parse_notes
from tracker.imports.document import Document, document_from_text


def documents(**files: str) -> list[Document]:
    return [document_from_text(dedent(text).lstrip("\n"), path=path) for path, text in files.items()]


def bank(**files: str) -> dict[str, list[tuple[str, str]]]:
    """The questions and answers of every file."""
    read = documents(**files)
    together = read_together(read)
    return {
        document.path: [(question.text, question.answer) for question in found.questions]
        for document in read
        if (
            found := parse_notes(
                document,
                whole=together.titles.get(document.path, ""),
                answered_elsewhere=together.linked.get(document.path, ()),
            )
        )
    }


def single(text: str, path: str) -> NotesFindings:
    (document,) = documents(**{path: text})
    return parse_notes(document, whole=read_together([document]).titles.get(path, ""))


ARTICLE = """
先看一个例子。

## 例子

1. 写入
2. 读取

```python
# 什么也不做
```

为什么这样？因为要快。
"""


def test_the_title_is_the_name_of_the_file() -> None:
    found = single(ARTICLE, "系统/03. 为什么要写日志.md")
    (question,) = found.questions
    assert (question.text, question.path, question.style) == ("为什么要写日志", ("系统",), "whole-file")
    assert question.answer == ARTICLE.strip("\n")
    assert question.answer_line == 1
    assert found.skipped == ()


def test_the_title_is_the_first_heading_in_a_folder_of_such_files() -> None:
    files = {
        "q/volatile.md": "# volatile 关键字\n\n保证可见性。\n",
        "q/a.md": "# 什么是伪共享？\n\n同一缓存行。\n",
        "q/b.md": "# 锁升级是怎么发生的？\n\n## 偏向\n\n单线程。\n",
    }
    assert bank(**files) == {
        "q/volatile.md": [("volatile 关键字", "保证可见性。")],
        "q/a.md": [("什么是伪共享？", "同一缓存行。")],
        "q/b.md": [("锁升级是怎么发生的？", "## 偏向\n\n单线程。")],
    }


def test_a_folder_of_coding_tasks() -> None:
    files = {"leetcode/0206-反转链表.md": "迭代即可。\n", "leetcode/0001-两数之和.md": "哈希表。\n"}
    assert bank(**files) == {
        "leetcode/0206-反转链表.md": [("反转链表", "迭代即可。")],
        "leetcode/0001-两数之和.md": [("两数之和", "哈希表。")],
    }


def test_an_index_gives_titles_to_what_it_links_to_and_asks_what_is_missing() -> None:
    files = {
        "README.md": """
            # 目录

            - [为什么需要消息队列？](mq/why.md)
            - [什么是幂等？](mq/missing.md)
            - [缓存](cache.md)
            """,
        "mq/why.md": "削峰，解耦。\n\n- 也能异步\n",
        "cache.md": "# 缓存\n\n1. 什么是穿透？\n\n   查了不存在的。\n\n2. 什么是雪崩？\n\n   同时过期。\n",
    }
    assert bank(**files) == {
        "README.md": [("什么是幂等？", "")],
        "mq/why.md": [("为什么需要消息队列？", "削峰，解耦。\n\n- 也能异步")],
        "cache.md": [("什么是穿透？", "查了不存在的。"), ("什么是雪崩？", "同时过期。")],
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("介绍.md", "这是一个仓库。\n"),
        ("对比学习.md", "拉近正样本。\n"),
        ("怎么复习.md", "- 什么是锁？\n- 什么是堆？\n- 什么是栈？\n"),
        ("README.md", "怎么用？\n"),
    ],
)
def test_what_is_no_answer_to_its_name(path: str, text: str) -> None:
    assert all(question.style != "whole-file" for question in single(text, path).questions)


def test_links_elsewhere_are_no_index() -> None:
    found = single("# 参考\n\n- [什么是锁？](https://example.com/a.md)\n- [b](https://example.com/b.md)\n", "notes.md")
    assert all(question.style != "link-index" for question in found.questions)
