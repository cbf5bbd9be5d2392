"""Whether two wordings ask the same: words around the matter may differ, the matter may not."""

import pytest

from prep.doubles.likeness import EQUAL, LONGER, LOOSE, likeness, read_wording


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("什么是过拟合", "过拟合是什么？", EQUAL),
        ("LoRA 的原理", "LoRA 原理是什么", EQUAL),
        ("请介绍 Transformer 的结构", "介绍一下 Transformer 结构", EQUAL),
        ("PPO和DPO区别", "DPO 和 PPO 有什么不同？", EQUAL),
        ("TCP三次握手的过程", "TCP 3 次握手过程是怎样的", EQUAL),
        ("过拟合怎么办", "如何解决过拟合", EQUAL),
        ("解决过拟合的方法有哪些", "如何避免过拟合？", EQUAL),
        ("怎么缓解过拟合问题", "如何解决过拟合", LOOSE),
        ("KV Cache 是什么", "什么是KV-Cache", EQUAL),
        ("What is LoRA?", "Explain LoRA", EQUAL),
        ("What is the difference between a process and a thread?", "Process vs. thread", EQUAL),
        ("difference between PPO and DPO", "PPO和DPO区别", EQUAL),
        ("LoRA 的秩怎么选？", "怎么选 LoRA 的秩", EQUAL),
        ("谈谈你对注意力机制的理解", "介绍一下注意力", LOOSE),
        ("进程间通信的方式有哪些", "进程间有哪些通信方式", EQUAL),
        ("梯度消失的原因", "为什么会梯度消失", LOOSE),
        ("第十二章讲了哪些内容", "第12章讲什么", LOOSE),
        ("How do embeddings work?", "Explain how embedding works", EQUAL),
        ("ＬｏＲＡ 的优点", "lora有哪些优势", EQUAL),
        ("分布式训练数据并行的通信开销怎么估计", "分布式训练数据并行的总通信开销怎么估计", LONGER),
    ],
)
def test_one_question_in_other_words(first: str, second: str, sure: float) -> None:
    assert likeness(read_wording(first), read_wording(second)) == sure
    assert likeness(read_wording(second), read_wording(first)) == sure


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PPO和DPO区别", "SFT和DPO区别"),
        ("LoRA的优点", "LoRA的缺点"),
        ("优点", "缺点"),
        ("为什么用 LayerNorm", "为什么不用 LayerNorm"),
        ("进程间通信方式", "线程间通信方式"),
        ("三次握手的过程", "两次握手的过程"),
        ("GPT-3 和 GPT-4 的区别", "GPT-3 和 GPT-3.5 的区别"),
        ("什么是B树", "什么是B+树"),
        ("编码器的作用", "解码器的作用"),
        ("监督学习是什么", "无监督学习是什么"),
        ("阻塞IO", "非阻塞IO"),
        ("为什么用LoRA", "LoRA怎么用"),
        ("LoRA是什么", "LoRA的原理"),
        ("DPO 相比 PPO 有什么优势", "PPO 相比 DPO 有什么优势"),
        ("为什么线程比进程快", "为什么进程比线程快"),
        ("C 的指针", "C++ 的指针"),
        ("HTTP 和 HTTPS", "HTTP"),
        ("HTTP/1.1 的特点", "HTTP/2 的特点"),
        ("What are the advantages of BN?", "What are the disadvantages of BN?"),
        ("When to use SQL", "When not to use SQL"),
        ("Why isn't Redis slow", "Why is Redis slow"),
        ("How to convert a list to a tuple", "How to convert a tuple to a list"),
        ("IN 的用法", "EXISTS 的用法"),
        ("客户端在三次握手过程中的状态变化是怎样的", "服务端在三次握手过程中的状态变化是怎样的"),
        ("分布式训练数据并行的通信开销怎么估计", "分布式训练数据并行的非通信开销怎么估计"),
        ("Python 的深拷贝和浅拷贝", "Python 的深拷贝"),
        ("？", "！"),
        ("", ""),
    ],
)
def test_two_questions(first: str, second: str) -> None:
    assert likeness(read_wording(first), read_wording(second)) == 0
    assert likeness(read_wording(second), read_wording(first)) == 0
