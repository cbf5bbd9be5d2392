import pytest

from tracker.errors import RefusedError
from tracker.hiring import USUAL_PATHS, Hiring, hiring_of, next_label, read_path, usual_path
from tracker.stages import STAGES, Phase, find_stage


@pytest.mark.parametrize(
    ("batch", "kind"),
    [
        ("", Hiring.CAMPUS),
        ("秋招", Hiring.CAMPUS),
        ("提前批", Hiring.CAMPUS),
        ("正式批", Hiring.CAMPUS),
        ("补录", Hiring.CAMPUS),
        ("2027 春招", Hiring.CAMPUS),
        ("New Grad 2026", Hiring.CAMPUS),
        ("internal referral", Hiring.CAMPUS),
        ("实习", Hiring.INTERNSHIP),
        ("日常", Hiring.INTERNSHIP),
        ("日常实习", Hiring.INTERNSHIP),
        ("2026暑期实习", Hiring.INTERNSHIP),
        ("春招实习", Hiring.INTERNSHIP),
        ("Summer Intern", Hiring.INTERNSHIP),
        ("internship", Hiring.INTERNSHIP),
        ("社招", Hiring.EXPERIENCED),
        ("Ｅｘｐｅｒｉｅｎｃｅｄ hire", Hiring.EXPERIENCED),
        ("lateral", Hiring.EXPERIENCED),
    ],
)
def test_the_kind_of_hiring_of_a_batch(batch: str, kind: Hiring) -> None:
    assert hiring_of(batch) is kind
    assert usual_path(batch=batch) == USUAL_PATHS[kind]


@pytest.mark.parametrize(
    ("label", "batch", "following"),
    [
        ("意向", "", "投递"),
        ("投递", "", "测评"),
        ("笔试", "", "一面"),
        ("AI面", "", "一面"),
        ("三面", "", "HR面"),
        ("交叉面", "", "HR面"),
        ("加面", "", "HR面"),
        ("HR面", "", "谈薪"),
        ("offer", "秋招", "三方"),
        ("三方", "", None),
        ("二面", "暑期实习", "HR面"),
        ("三面", "暑期实习", "HR面"),
        ("谈薪", "日常", "offer"),
        ("offer", "日常实习", None),
        ("投递", "社招", "一面"),
        ("笔试", "社招", "一面"),
        ("offer", "社招", None),
        # A label of the person's own: its ending tells where it stands, but not which interview it is.
        ("英语测评", "", "笔试"),
        ("补笔试", "", "一面"),
        ("五面", "", "HR面"),
        ("第六轮面试", "", "HR面"),
        ("群面", "", None),
        ("部门交流", "", None),
        ("[/x]", "", None),
    ],
)
def test_what_usually_follows(label: str, batch: str, following: str | None) -> None:
    assert next_label(label, batch=batch) == following


@pytest.mark.parametrize(
    ("label", "following"),
    [
        ("意向", "投递"),
        ("投递", "群面"),
        ("测评", "群面"),
        ("群面", "一面"),
        ("一面", "主管面"),
        ("三面", "主管面"),
        ("HR面", "offer"),
        ("offer", None),
        ("三方", None),
    ],
)
def test_a_path_of_its_own_wins_over_the_batch(label: str, following: str | None) -> None:
    assert next_label(label, batch="实习", path="投递 群面 一面 主管面 offer") == following


@pytest.mark.parametrize("batch", ["", "实习", "社招"])
def test_every_stage_leads_to_the_end_of_the_path_through_phases_in_order(batch: str) -> None:
    order = list(Phase)
    for stage in STAGES:
        label, phase, steps = stage.label, stage.phase, 0
        while (following := next_label(label, batch=batch)) is not None:
            known = find_stage(following)
            assert known is not None
            assert order.index(known.phase) >= order.index(phase)
            label, phase, steps = following, known.phase, steps + 1
        assert steps <= len(usual_path(batch=batch))
        assert label == usual_path(batch=batch)[-1] or steps == 0


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("  ", ""),
        ("投递 笔试 一面", "投递 笔试 一面"),
        ("投→笔试→1面→终面", "投递 笔试 一面 三面"),
        ("投递 -> 测评 > 群面", "投递 测评 群面"),
        ("投递、笔试，一面;offer", "投递 笔试 一面 offer"),
        ("applied written test first interview hr interview offer", "投递 笔试 一面 HR面 offer"),
        ("HR 面 AI 面", "HR面 AI面"),
    ],
)
def test_a_path_as_people_write_it(written: str, stored: str) -> None:
    assert read_path(written) == stored


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("投递 爬山", "«爬山» is no stage"),
        ("一面 二面 1面", "一面 stands twice"),
        (" ".join(f"{number}号面" for number in range(30)), "at most 20"),
    ],
)
def test_what_is_no_path_is_refused(written: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_path(written)
