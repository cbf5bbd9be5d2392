"""What stands in a dialogue and nobody in it says: stage directions in brackets, how the writer felt at the end."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from prep.notes.blocks import Line, LineKind
from prep.notes.reading import Ledger
from prep.notes.turns import Turn

_BRACKETED = re.compile(r"[*_]{0,2}(?:[（(][^()（）]*[)）]|[\[【][^\[\]【】]*[\]】])[*_]{0,2}[。.]?")
_FELT = re.compile(
    r"(?:\*\*|[【\[(（])?(?:整体)?(?:感受|感想|感觉|总结|小结|复盘|反思|后记|备注|面试结果|结果|ps|p\.s\."
    r"|notes? to self|overall|takeaways?|lessons?(?: learned)?|reflections?"
    r"|debrief|afterwards?|result|outcome)(?:\*\*|[】\])）])?\s{0,2}[:：]",
    re.IGNORECASE,
)
_LONGEST = 300


def without_asides(turns: Sequence[Turn], ledger: Ledger) -> list[Turn]:
    """The turns without lines wholly in brackets below what is said, and without what ends the text as a remark."""
    kept = [_without_directions(turn, ledger) for turn in turns]
    if kept:
        last = kept[-1]
        felt = (index for index, line in enumerate(last.lines) if index and _opens_remark(line))
        end = next(felt, len(last.lines))
        ledger.skip(last.lines[end:], "interview-note")
        kept[-1] = replace(last, lines=last.lines[:end])
    return kept


def _opens_remark(line: Line) -> bool:
    return line.kind is LineKind.TEXT and not line.indent and _FELT.match(line.content) is not None


def _without_directions(turn: Turn, ledger: Ledger) -> Turn:
    """A turn without the lines in brackets that stand at its end, or alone between two blank ones."""
    directions = [_is_direction(line) for line in turn.lines]
    if not any(directions[1:]):
        return turn
    written = [line.kind is not LineKind.BLANK for line in turn.lines]
    below = list(accumulate(reversed([w and not d for w, d in zip(written, directions, strict=True)]), initial=0))
    aside = {
        index
        for index in range(1, len(turn.lines))
        if directions[index]
        and (not below[len(turn.lines) - 1 - index] or not (written[index - 1] or written[index + 1]))
    }
    ledger.skip((turn.lines[index] for index in aside), "interview-note")
    return replace(turn, lines=tuple(line for index, line in enumerate(turn.lines) if index not in aside))


def _is_direction(line: Line) -> bool:
    short = line.kind is LineKind.TEXT and not line.indent and len(line.content) <= _LONGEST
    return short and line.content[-1] in "）)】]。.*_" and _BRACKETED.fullmatch(line.content) is not None
