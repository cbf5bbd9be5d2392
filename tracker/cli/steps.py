"""What the words of ``ashore move`` mean: a stage, how it ended, or both."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Outcome, Phase, Stage, find_stage
from tracker.text import sanitise_line

if TYPE_CHECKING:
    from tracker.imports.hunt_findings import FoundStep

LONGEST_LABEL = 40
"""Characters of a name of one's own for a stage."""

_STAGE_AND_OUTCOME = 2
_ANY_INTERVIEW = ("面试", "interview")


def read_step(stage: str, outcome: str, *, phase: str | None, now: datetime) -> "FoundStep":
    """What the words mean: a stage, how it ended, or both (一面挂), as one step.

    Raises:
        RefusedError: they are no stage and no outcome.
    """
    if phase is not None:
        return _own_stage(stage, Phase(phase), outcome)
    from tracker.imports.statuses import read_status
    from tracker.pipeline import resolve_stage

    steps = list(read_status(sanitise_line(stage), now=now).steps)
    if steps and steps[0].kind == "stage" and len(steps) == _STAGE_AND_OUTCOME and steps[1].kind == "outcome":
        # 面试挂 says an interview without its number: the one the application is in.
        steps = (
            [steps[1]]
            if not steps[0].stage and steps[0].label in _ANY_INTERVIEW
            else [replace(steps[0], outcome=steps[1].outcome, manner=steps[1].manner)]
        )
    if len(steps) != 1:
        resolve_stage(stage)
        raise RefusedError(_("«{stage}» says more than one thing; move twice.").format(stage=sanitise_line(stage)[:40]))
    step = steps[0]
    if step.kind == "stage":
        known = resolve_stage(step.stage or step.label)
        step = replace(step, stage=known.label, phase=known.phase)
    if not outcome:
        return step
    if step.kind != "stage":
        raise RefusedError(_("--outcome says how a stage ended; «{stage}» is none.").format(stage=step.label))
    return replace(step, outcome=_read_outcome(outcome))


def _own_stage(label: str, phase: Phase, outcome: str) -> "FoundStep":
    """A stage under a name of the person's own, whose phase is said.

    Raises:
        RefusedError: it has no name, or one that means another phase.
    """
    from tracker.imports.statuses import step

    clean = sanitise_line(label)
    known = find_stage(clean)
    if not clean or len(clean) > LONGEST_LABEL or (known is not None and known.phase != phase):
        raise RefusedError(_("«{label}» is no name for a stage of one's own.").format(label=clean[:40]))
    own = step("stage", clean, clean, stage=known or Stage(clean, phase, ""))
    return replace(own, outcome=_read_outcome(outcome)) if outcome else own


def with_manner(step: "FoundStep", manner: str | None) -> "FoundStep":
    """The step with how its rejection came, where that is said.

    Raises:
        RefusedError: it is no rejection.
    """
    if manner is None:
        return step
    if step.outcome != Outcome.REJECTED:
        raise RefusedError(_("--manner says how a rejection came; «{stage}» is none.").format(stage=step.label))
    return replace(step, manner=manner)


def _read_outcome(words: str) -> Outcome:
    """An outcome by its code or as people say it."""
    from tracker.imports.statuses import outcome_of

    found = outcome_of(words)
    code = str(found) if found else sanitise_line(words).casefold().replace(" ", "_")
    if code not in tuple(Outcome):
        raise RefusedError(
            _("«{outcome}» is no outcome. Outcomes are {outcomes}.").format(
                outcome=code[:40], outcomes=", ".join(Outcome)
            )
        )
    return Outcome(code)
