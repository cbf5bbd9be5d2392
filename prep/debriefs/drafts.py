"""What was typed of a debrief and not written yet, kept with the database: a kill does not lose it.

Write it in changes of the kind ``setting``: it is no step to take back.
"""

import json
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from prep.debriefs.recording import MOODS, AskedThen, Debrief, PromiseMade
from tracker.models import Round, Setting

NAME = "debrief_draft_{round_id}"
WRITTEN = "written_at"
"""When the draft was written, as its round tells: as long as that holds it is no draft any more."""


def keep_draft(session: Session, *, round_id: int, debrief: Debrief, typed: str = "") -> None:
    """Keep what is there so far, with the line that is being typed; the plan of the next step is read from it again."""
    name = NAME.format(round_id=round_id)
    kept = session.get(Setting, name) or Setting(name=name)
    told = asdict(debrief)
    del told["planned"]
    kept.value = json.dumps({**told, "typed": typed}, ensure_ascii=False)
    session.add(kept)
    session.flush()


def drop_draft(session: Session, *, round_id: int) -> None:
    """Forget what was typed: it is written, or not wanted."""
    kept = session.get(Setting, NAME.format(round_id=round_id))
    if kept is not None:
        session.delete(kept)
        session.flush()


def shelve_draft(session: Session, *, round_id: int) -> None:
    """Set the draft aside, as it is written now: it comes back when that is undone."""
    kept, row = session.get(Setting, NAME.format(round_id=round_id)), session.get(Round, round_id)
    if kept is not None and row is not None:
        kept.value = json.dumps({**json.loads(kept.value), WRITTEN: str(row.debriefed_at)}, ensure_ascii=False)
        session.add(kept)
        session.flush()


def load_draft(session: Session, *, round_id: int) -> tuple[Debrief, str] | None:
    """What was typed, and the line that was being typed; ``None`` without a draft still to be written."""
    kept, row = session.get(Setting, NAME.format(round_id=round_id)), session.get(Round, round_id)
    if kept is None:
        return None
    try:
        told = json.loads(kept.value)
        if row is not None and told.get(WRITTEN) == str(row.debriefed_at):
            return None
        return _debrief(told), str(told.get("typed", ""))
    except (ValueError, TypeError, AttributeError):
        return None


def _debrief(told: dict[str, Any]) -> Debrief:
    mood = told.get("mood")
    return Debrief(
        asked=tuple(AskedThen(**one) for one in told.get("asked", ())),
        promises=tuple(PromiseMade(**one) for one in told.get("promises", ())),
        mood=mood if mood in MOODS else None,
        remark=str(told.get("remark", "")),
        next_step=str(told.get("next_step", "")),
        result=str(told.get("result", "")),
    )
