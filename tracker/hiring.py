"""What usually comes next, by the kind of hiring: campus, internship, or with experience. Pure."""

import re
from enum import StrEnum

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Phase, Stage, comes_later, find_stage, resolve_stage, stage_named
from tracker.text import name_key, sanitise_line


class Hiring(StrEnum):
    """A kind of hiring, each with a usual way through."""

    CAMPUS = "campus"
    INTERNSHIP = "internship"
    EXPERIENCED = "experienced"


USUAL_PATHS: dict[Hiring, tuple[str, ...]] = {
    Hiring.CAMPUS: ("投递", "测评", "笔试", "一面", "二面", "三面", "HR面", "谈薪", "offer", "三方"),
    Hiring.INTERNSHIP: ("投递", "测评", "笔试", "一面", "二面", "HR面", "offer"),
    Hiring.EXPERIENCED: ("投递", "一面", "二面", "三面", "HR面", "谈薪", "offer"),
}
"""What 'next stage' walks along; a stage outside it continues with the first one of it that comes later."""

LONGEST_PATH = 20
"""Stages of a path of one's own."""

_INTERNSHIP = re.compile(r"实习|日常|暑期|寒假|\b(?:intern|interns|internship|internships|co-?op|summer)\b")
_EXPERIENCED = re.compile(r"社招|社会招聘|跳槽|\b(?:experienced|lateral|professional|senior)\b")
_BETWEEN = re.compile(r"[\s,，、;；|/]+|[-—–=]*[>→➜⇒]+|—+|–+")
_SPACED = re.compile(r"(?i)\b(hr|ai)\s+(?=面)")
_LATE_INTERVIEW = re.compile(r"(?:第?[四五六七八九十]|[4-9])(?:轮|轮?面试?)")
"""A technical interview after the last usual one."""


def hiring_of(batch: str) -> Hiring:
    """The kind of hiring that a batch belongs to; campus where nothing tells."""
    words = name_key(batch)
    if _INTERNSHIP.search(words):
        return Hiring.INTERNSHIP
    return Hiring.EXPERIENCED if _EXPERIENCED.search(words) else Hiring.CAMPUS


def usual_path(*, batch: str = "", path: str = "") -> tuple[str, ...]:
    """The labels that an application passes: its own path if it has one, else that of its kind of hiring."""
    return tuple(path.split()) or USUAL_PATHS[hiring_of(batch)]


def next_label(label: str, *, batch: str = "", path: str = "") -> str | None:
    """The label usually following this one; ``None`` at the end of the path, and where nothing tells.

    Args:
        label: where the application stands, as the board shows it.
        batch: its batch, as written.
        path: its own path as stored, labels separated by spaces; empty: the usual one of the batch.
    """
    labels = usual_path(batch=batch, path=path)
    if label in labels:
        return next(iter(labels[labels.index(label) + 1 :]), None)
    known = _known(label)
    if known is None:
        return None
    ahead = (stage_named(candidate) for candidate in labels)
    return next((stage.label for stage in ahead if stage is not None and _follows(stage, known)), None)


def _known(label: str) -> Stage | None:
    """The stage whose place tells what follows; an interview without a usual number has none."""
    known = stage_named(label)
    if known is None or known in STAGES or known.phase != Phase.INTERVIEW:
        return known
    return find_stage("加面") if _LATE_INTERVIEW.fullmatch(name_key(label)) else None


def _follows(stage: Stage, known: Stage) -> bool:
    return comes_later(stage.label, stage.phase, than=known.label, than_phase=known.phase)


def read_path(text: str) -> str:
    """A path of the person's own as it is stored: ``投递 → 笔试, 1面`` becomes ``投递 笔试 一面``; empty for empty.

    Raises:
        RefusedError: one of the words is no stage, or stands there twice.
    """
    words = [word for word in _BETWEEN.split(_SPACED.sub(r"\1", sanitise_line(text))) if word]
    labels: list[str] = []
    while words:
        pair = find_stage(" ".join(words[:2])) if len(words) > 1 else None
        stage = pair or resolve_stage(words[0])
        del words[: 2 if pair else 1]
        if stage.label in labels:
            raise RefusedError(_("{stage} stands twice in the path.").format(stage=stage.label))
        labels.append(stage.label)
    if len(labels) > LONGEST_PATH:
        raise RefusedError(_("A path has at most {number} stages.").format(number=LONGEST_PATH))
    return " ".join(labels)
