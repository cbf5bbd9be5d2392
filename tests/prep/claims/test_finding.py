"""Claims across introductions, stories, HR answers, promises and notes: grouped, compared, put away."""

import time
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from prep.bank import add_question
from prep.claims.finding import bring_back_contradictions, dismiss_contradiction, find_claims
from prep.introductions.drafts import save_introduction, write_text
from prep.models import Promise
from prep.stories import save_story
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import GoneError
from tracker.rounds import edit_round, plan_round

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

CONTRADICT = [
    ("我期望薪资 25k。", "期望月薪 30k。", "expected_pay"),
    ("我期望薪资 25k。", "I expect a salary of 30k a month.", "expected_pay"),
    ("期望年包 40w。", "期望年薪 50 万。", "expected_pay"),
    ("期望日薪 200 元一天。", "期望日薪 300/天。", "expected_pay"),
    ("可以连续实习 3 个月。", "能实习四个月。", "availability"),
    ("能实习 6 个月以上。", "可以实习三个月。", "availability"),
    ("每周能到岗四天。", "一周可以来五天。", "days_a_week"),
    ("GPA 3.8/4.0。", "我的 GPA 是 3.6/4.0。", "gpa"),
    ("专业排名 3/120。", "专业排名 5/120。", "rank"),
    ("2027 年 6 月毕业。", "我是 26 届的。", "graduation"),
    ("7 月 1 日可以入职。", "8 月 1 日入职没问题。", "start_date"),
    ("六级 560 分。", "我六级 520 分。", "exam"),
    ("F1 达到 92.3%。", "F1 做到了 93.1%。", "measure:f1"),
    ("意图识别项目里，F1 达到 92.3%。", "做过意图识别系统，F1 是 93.1%。", "measure:f1"),
    ("意图识别项目的准确率从 61% 提升到 84%。", "意图识别项目的准确率从 65% 提升到 84%。", "measure:准确率"),
    ("在木棉实习了 3 个月。", "我在木棉实习过四个月。", "internship"),
    ("我实习了 3 个月。", "之前实习四个月。", "internship"),
    ("检索平台的团队 8 个人。", "我做检索平台，团队一共 5 人。", "team_size"),
    ("意图识别项目 P99 延迟降到 45ms。", "意图识别项目 P99 延迟优化到 80ms。", "measure:延迟"),
    ("发表 2 篇论文。", "发表了三篇论文。", "papers"),
    ("六级 560。", "CET-6 530 分。", "exam"),
]

AGREE = [
    ("我期望薪资 25k。", "期望月薪两万五。"),
    ("我期望薪资 25-30k。", "期望月薪 28k。"),
    ("我期望薪资 25k。", "期望年包 40w。"),
    ("期望 25k，最低 20k。", "期望 25k 左右。"),
    ("我期望薪资 25k。", "目前薪资 18k。"),
    ("我期望薪资 25k。", "HR 说他们给到 32k 的月薪。"),
    ("可以实习 3 个月以上。", "能实习六个月。"),
    ("在木棉实习了 3 个月。", "在银杏实习了四个月。"),
    ("在木棉实习了 3 个月。", "可以连续实习四个月。"),
    ("GPA 3.8/4.0。", "硕士 GPA 3.6/4.0。"),
    ("GPA 3.8/4.0。", "均分 91。"),
    ("GPA 3.80/4.0。", "GPA 3.8/4.0。"),
    ("专业前 5%。", "专业排名 3/120。"),
    ("BLEU 27.5。", "ROUGE-L 41.2。"),
    ("意图识别项目的 F1 达到 92.3%。", "情感分类项目的 F1 达到 90.1%。"),
    ("意图识别的 F1 达到 92.3%。", "情感分类的 F1 达到 90.1%。"),
    ("用 BERT 做意图识别，F1 达到 92.3%。", "用 BERT 做情感分类，F1 达到 90.1%。"),
    ("The F1 of the intent classifier is 92.3%.", "The F1 of the sentiment tagger is 90.1%."),
    ("验证集 F1 是 93.1%。", "测试集 F1 是 92.3%。"),
    ("F1 达到 92%。", "F1 达到 92.3%。"),
    ("准确率从 61% 提升到 84%。", "准确率达到 84%。"),
    ("准确率提升了 5%。", "准确率提升了 8%。"),
    ("F1 超过 90%。", "F1 达到 92.3%。"),
    ("用的是 7B 的模型。", "用的是 13B 的模型。"),
    ("用的是 Python 3.11。", "用的是 Python 3.9。"),
    ("手机 13800138000。", "手机 13900139000。"),
    ("项目从 2025 年 3 月开始。", "2025 年 9 月比赛结束。"),
    ("2027 年 6 月毕业。", "7 月 1 日可以入职。"),
    ("毕业时间是 2027 年 6 月。", "我是 27 届的。"),
    ("团队 8 个人。", "他们团队 30 个人。"),
    ("检索平台的团队 8 个人。", "推荐系统的团队 5 个人。"),
    ("处理了 10w 条数据。", "处理了 3w 条数据。"),
    ("有三年 Java 经验。", "有两年 Python 经验。"),
    ("如果能实习 6 个月更好。", "可以实习 3 个月。"),
    ("第二个项目做了 3 个月。", "第三个项目做了 5 个月。"),
    ("2024 年 5 月入职木棉实习。", "2025 年 6 月可以入职。"),
    ("2025 年的毕业设计拿了优秀。", "2026 年 6 月毕业。"),
    ("一周内两天就搞定了上线。", "一周能来五天。"),
    ("发表了三篇论文。", "写了十二篇组内文档。"),
    ("CET-6 560 分，四级 600。", "六级 560。"),
]


def two_introductions(database: Database, first: str, second: str) -> list[str]:
    with database.change("texts", now=NOW) as session:
        for name in ("木棉", "银杏"):
            add_company(session, name=name, now=NOW)
        save_introduction(session, title="一", text=first, now=NOW)
        save_introduction(session, title="二", text=second, now=NOW)
        return [pair.subject for pair in find_claims(session).contradictions]


@pytest.mark.parametrize(("first", "second", "subject"), CONTRADICT)
def test_contradictions_are_found(database: Database, first: str, second: str, subject: str) -> None:
    assert two_introductions(database, first, second) == [subject]


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_what_only_looks_like_a_contradiction(database: Database, first: str, second: str) -> None:
    assert two_introductions(database, first, second) == []


def add_round(session: Session, company: str) -> int:
    company_id = add_company(session, name=company, now=NOW)
    application_id = add_application(session, company_id=company_id, now=NOW)
    return plan_round(session, application_id=application_id, stage="HR面", starts_at=NOW)


def test_stages_of_one_number_are_no_contradiction(database: Database) -> None:
    story = "从日志里看，意图识别项目的准确率只有 22%。五天后意图识别项目的准确率到 79%。"
    assert two_introductions(database, story, "意图识别项目的准确率到 79%，我很满意。") == []


def test_a_promise_is_held_against_an_introduction_with_both_sentences(database: Database) -> None:
    with database.change("texts", now=NOW) as session:
        draft = save_introduction(session, title="HR 版", text="您好。我期望薪资 25k。", now=NOW)
        round_id = add_round(session, "木棉")
        session.add(Promise(round_id=round_id, kind="pay", by="me", text="说了 30k", said_at=NOW))
        session.add(Promise(round_id=round_id, kind="pay", by="them", text="给 28k", said_at=NOW))
        session.add(Promise(round_id=round_id, kind="start", by="me", text="7 月 1 日", said_at=NOW))
        edit_round(session, round_id=round_id, note="他们组 30 人。我说 8 月 1 日入职。")
        session.flush()
        found = find_claims(session)
    pay, start = found.contradictions
    assert (pay.first.claim.sentence, pay.second.claim.sentence) == ("我期望薪资 25k", "说了 30k")
    assert (pay.first.source.kind, pay.first.source.id, pay.second.source.kind) == ("introduction", draft, "promise")
    assert (pay.second.source.company, pay.second.source.title) == ("木棉", "HR面")
    assert (start.subject, start.second.source.kind) == ("start_date", "round_note")
    assert [group.subject for group in found.groups][:3] == ["expected_pay", "offered_pay", "start_date"]


def test_other_things_may_be_said_to_other_companies(database: Database) -> None:
    with database.change("texts", now=NOW) as session:
        for company, text in (("木棉", "25k"), ("银杏", "30k")):
            session.add(Promise(round_id=add_round(session, company), kind="pay", by="me", text=text, said_at=NOW))
        session.flush()
        assert find_claims(session).contradictions == ()
        assert len(find_claims(session).groups[0].claims) == 2
        only = add_company(session, name="木樨", now=NOW)
        assert find_claims(session, company_id=only).groups == ()


def test_the_answer_for_a_company_stands_in_for_the_general_one(database: Database) -> None:
    with database.change("texts", now=NOW) as session:
        company_id = add_company(session, name="木棉", now=NOW)
        ask = "你的期望薪资是多少？"
        add_question(session, text=ask, answer="25k 左右", now=NOW, kind="hr")
        add_question(session, text=ask, answer="30k", now=NOW, kind="hr", company_id=company_id)
        assert find_claims(session).contradictions == ()
        save_introduction(session, title="一", text="期望薪资 40k。", now=NOW)
        assert len(find_claims(session).contradictions) == 2


def test_a_story_is_about_what_its_title_names(database: Database) -> None:
    with database.change("texts", now=NOW) as session:
        save_story(session, title="意图识别", situation="从零开始。", result="F1 达到 92.3%。")
        save_story(session, title="情感分类", result="F1 达到 90.1%。")
        save_introduction(session, title="一", text="做过意图识别项目，F1 是 93.1%。", now=NOW)
        (pair,) = find_claims(session).contradictions
    assert {pair.first.source.title, pair.second.source.title} == {"一", "意图识别"}


def test_what_was_put_away_stays_away_while_both_sentences_read_the_same(database: Database) -> None:
    with database.change("texts", now=NOW) as session:
        draft = save_introduction(session, title="一", text="您好！期望薪资 25k。", now=NOW)
        save_introduction(session, title="二", text="期望月薪 30k。", now=NOW)
        (pair,) = find_claims(session).contradictions
        sentences = {"first": pair.first.claim.sentence, "second": pair.second.claim.sentence}
        dismiss_contradiction(session, subject=pair.subject, **sentences)
        assert (find_claims(session).contradictions, find_claims(session).dismissed) == ((), 1)
        write_text(session, introduction_id=draft, text="老师好！期望薪资 25k。谢谢。", now=NOW)
        assert find_claims(session).dismissed == 1
        write_text(session, introduction_id=draft, text="期望薪资 24k。", now=NOW)
        assert (len(find_claims(session).contradictions), find_claims(session).dismissed) == (1, 0)
        assert bring_back_contradictions(session) == 1
    with pytest.raises(GoneError), database.change("x", now=NOW) as session:
        dismiss_contradiction(session, subject="gpa", first="a", second="b")


def test_an_empty_database_claims_nothing(database: Database) -> None:
    with database.read() as session:
        found = find_claims(session)
    assert (found.groups, found.contradictions, found.dismissed) == ((), (), 0)


def test_a_big_database_is_read_at_once(database: Database) -> None:
    prose = "我在检索平台上把召回率从 61% 提升到 84%，团队 8 个人，前后三个月。这里写了一段没有数字的话来说明背景。" * 8
    with database.change("texts", now=NOW) as session:
        for number in range(200):
            save_story(
                session, title=f"[x] 故事 {number}", situation=prose[:150], action=prose[:150], result=prose[:150]
            )
        for number in range(60):
            add_question(session, text=f"问题 {number}？", answer=prose, now=NOW, kind="hr")
        add_question(session, text="很长的一题？", answer="没有数字的一句话，说的是背景。" * 7000, now=NOW, kind="hr")
    with database.read() as session:
        began = time.process_time()
        found = find_claims(session)
        took = time.process_time() - began
    assert sum(len(group.claims) for group in found.groups) > 1000
    assert took < 2, took
