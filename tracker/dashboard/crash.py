"""What the terminal shows when the program fails: where it failed, and nothing that a person wrote."""

import traceback
from pathlib import PurePath

from rich.text import Text

from tracker.dashboard.text import plain
from tracker.errors import AshoreError
from tracker.messages import _

FRAMES = 6
"""Places named, the innermost last."""


def crash_report(error: BaseException | None) -> Text:
    """The sentence for an exception; for one that is not expected, the places it passed."""
    if isinstance(error, AshoreError):
        return Text(plain(str(error)))
    lines = [_("Ashore stopped because of a mistake of its own. Every change that it confirmed is on disk.")]
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        lines += [f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(f"  {type(error).__name__}")
    return Text("\n".join(lines))
