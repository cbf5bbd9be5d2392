"""What the built-in interviewer says, in both languages."""

from string import Formatter

import pytest

from prep.interviewing.phrases import opening_phrase, phrase, template_questions, transcript_words


@pytest.mark.parametrize("name", ["opening", "introduction", "reverse", "closing"])
def test_both_languages_say_the_same_things(name: str) -> None:
    fields = [{field for _text, field, _spec, _how in Formatter().parse(phrase(name, code))} for code in ("zh", "en")]
    assert fields[0] == fields[1]
    assert phrase(name, "en").isascii()
    assert phrase(name, "fr") == phrase(name, "zh")


def test_transcripts_have_the_same_words_in_both_languages() -> None:
    chinese, english = transcript_words("zh"), transcript_words("en")
    assert chinese.keys() == english.keys()
    for name, words in chinese.items():
        assert {field for _t, field, _s, _c in Formatter().parse(words)} == {
            field for _t, field, _s, _c in Formatter().parse(english[name])
        }


@pytest.mark.parametrize("part", ["technical", "project", "hr"])
def test_every_part_has_questions_for_anyone(part: str) -> None:
    chinese, english = template_questions(part, "zh"), template_questions(part, "en")
    assert len(chinese) == len(english) >= 4
    assert len(set(chinese)) == len(chinese)
    assert template_questions("coding", "zh") == ()


def test_latin_names_are_set_off_in_chinese() -> None:
    said = opening_phrase(company="Qualcomm", stage="HR面", minutes=5, language="zh")
    assert "欢迎参加 Qualcomm 的 HR面，大约 5 分钟" in said
    said = opening_phrase(company="快手", stage="final interview", minutes=5, language="zh")
    assert "欢迎参加快手的 final interview，大约" in said


def test_a_name_with_braces_is_only_a_name() -> None:
    said = opening_phrase(company="{minutes}[/x]", stage="", minutes=5, language="zh")
    assert "{minutes}[/x]" in said
    assert "面试" in said
