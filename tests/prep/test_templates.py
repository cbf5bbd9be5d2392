"""The shipped templates as the program reads them, and which checklist a round gets."""

import pytest

from prep.templates import (
    ShippedChecklist,
    TemplateItem,
    choose_checklist,
    hr_templates,
    reverse_templates,
    shipped_checklists,
)
from tracker.stages import STAGES


def test_both_languages_have_the_same_templates_and_items() -> None:
    english, chinese = shipped_checklists("en"), shipped_checklists("zh_CN")
    assert [template.key for template in english] == [template.key for template in chinese]
    for one, other in zip(english, chinese, strict=True):
        assert [(item.key, item.blocking, item.minutes_before) for item in one.items] == [
            (item.key, item.blocking, item.minutes_before) for item in other.items
        ]
        assert one.name != other.name
        assert all(mine.text != theirs.text for mine, theirs in zip(one.items, other.items, strict=True))


def test_questions_come_in_the_language_asked_for() -> None:
    assert {question.interviewer for question in reverse_templates("en")} == {"engineer", "manager", "hr"}
    assert [question.key for question in hr_templates("en")] == [question.key for question in hr_templates("zh_CN")]
    assert all(question.text.isascii() for question in hr_templates("en"))
    assert not any(question.text.isascii() for question in hr_templates("zh"))


@pytest.mark.parametrize(
    ("label", "phase", "medium", "expected"),
    [
        ("一面", "interview", "online", "interview-online"),
        ("一面", "interview", "onsite", "interview-onsite"),
        ("一面", "interview", "phone", "interview-phone"),
        ("一面", "interview", "", "interview-online"),
        ("交叉面", "interview", "online", "interview-online"),
        ("HR面", "interview", "phone", "interview-hr"),
        ("AI面", "interview", "", "interview-ai"),
        ("笔试", "written_test", "onsite", "written-test-online"),
        ("测评", "assessment", "", "assessment"),
        ("谈薪", "offer", "phone", "offer-talk"),
        ("offer", "offer", "", "offer-talk"),
    ],
)
def test_a_round_gets_the_template_of_its_label_else_of_phase_and_medium(
    label: str, phase: str, medium: str, expected: str
) -> None:
    chosen = choose_checklist(shipped_checklists("en"), label=label, phase=phase, medium=medium)
    assert chosen is not None
    assert chosen.key == expected


def test_a_stage_without_a_template_gets_none() -> None:
    assert choose_checklist(shipped_checklists("en"), label="投递", phase="applied", medium="") is None


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage.timed], ids=lambda stage: stage.label)
def test_every_usual_stage_with_a_time_has_a_template(stage: object) -> None:
    timed = next(known for known in STAGES if known is stage)
    assert choose_checklist(shipped_checklists("en"), label=timed.label, phase=timed.phase, medium="") is not None


def test_a_template_for_a_label_alone_still_serves_its_phase() -> None:
    item = TemplateItem("pack", "Pack", blocking=True, minutes_before=60)
    only = ShippedChecklist("own", "Own", "interview", "", ("终面",), (item,))
    assert choose_checklist((only,), label="一面", phase="interview", medium="online") is only
