"""HR answers: the general one and those for companies, one source for pages, command and briefing."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from prep.bank import add_question, question_key
from prep.briefings.making import make_briefing
from prep.hr_answers import (
    HrStanding,
    add_usual_question,
    hint_for,
    hr_standing,
    list_hr_questions,
    offered_questions,
    write_hr_answer,
)
from prep.templates import hr_templates
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
WHY = "为什么选择我们？"


def companies(session: Session) -> tuple[int, int]:
    return tuple(add_company(session, name=name, now=NOW) for name in ("云杉", "海棠"))  # type: ignore[return-value]


def test_one_question_holds_the_general_answer_and_those_for_companies(database: Database) -> None:
    with database.change("hr", now=NOW) as session:
        spruce, crabapple = companies(session)
        general = add_question(session, text=WHY, answer="方向一致。", now=NOW, kind="hr")
        key = question_key(WHY)
        own = write_hr_answer(session, key=key, answer="云杉做检索。", now=NOW, company_id=spruce)
        assert own != general
        assert write_hr_answer(session, key=key, answer="云杉做检索，我也做。", now=NOW, company_id=spruce) == own
        assert write_hr_answer(session, key=key, answer="方向一致[/x]", now=NOW, answer_before="方向一致。") == general
        (question,) = list_hr_questions(session)
        assert question.general is not None
        assert (question.own, question.others, question.answer) == (None, ("云杉",), "方向一致[/x]")
        (here,) = list_hr_questions(session, company_id=spruce)
        assert here.own is not None
        assert (here.own.answer, here.others, here.answer) == ("云杉做检索，我也做。", (), "云杉做检索，我也做。")
        (there,) = list_hr_questions(session, company_id=crabapple)
        assert (there.own, there.others, there.answer) == (None, ("云杉",), "方向一致[/x]")
        told = {number: make_briefing(session, company_id=number, now=NOW).hr_answers for number in (spruce, crabapple)}
    assert [answer.answer for answer in told[spruce]] == ["云杉做检索，我也做。"]
    assert [answer.answer for answer in told[crabapple]] == ["方向一致[/x]"]


def test_what_concerns_another_company_alone_is_left_out(database: Database) -> None:
    with database.change("hr", now=NOW) as session:
        spruce, crabapple = companies(session)
        add_question(session, text="看过云杉的哪篇博客？", answer="索引那篇。", now=NOW, kind="hr", company_id=spruce)
        assert list_hr_questions(session, company_id=crabapple) == ()
        (elsewhere,) = list_hr_questions(session, company_id=crabapple, with_elsewhere=True)
        assert ([one.answer for one in elsewhere.elsewhere], elsewhere.answer) == (["索引那篇。"], "")
        assert len(list_hr_questions(session)) == 1
        assert hr_standing(session, company_id=spruce) == HrStanding(1, 1, 1, len(hr_templates()))


def test_an_answer_that_changed_meanwhile_is_not_written_over(database: Database) -> None:
    with database.change("hr", now=NOW) as session:
        add_question(session, text=WHY, answer="新的", now=NOW, kind="hr")
    with pytest.raises(ChangedElsewhereError), database.change("x", now=NOW) as session:
        write_hr_answer(session, key=question_key(WHY), answer="我的", now=NOW, answer_before="旧的")
    with pytest.raises(GoneError), database.change("x", now=NOW) as session:
        write_hr_answer(session, key="没有这一题", answer="我的", now=NOW)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_usual_questions_are_offered_until_they_are_taken_in_either_language(database: Database, language: str) -> None:
    with database.change("hr", now=NOW) as session:
        offered = offered_questions(session, language)
        assert len(offered) == len(hr_templates(language))
        taken = offered[3]
        question_id = add_usual_question(session, template_key=taken.key, now=NOW, language=language)
        assert hint_for(question_key(taken.text)) == taken.hint
        for code in ("zh", "en"):
            assert taken.key not in {one.key for one in offered_questions(session, code)}
        (question,) = list_hr_questions(session)
        assert question.general is not None
        assert (question.general.id, question.answer, hint_for("x")) == (question_id, "", "")
    with pytest.raises(RefusedError, match="already"), database.change("x", now=NOW) as session:
        add_usual_question(session, template_key=taken.key, now=NOW, language=language)
