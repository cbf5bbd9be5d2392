"""Claims and contradictions as entries of a page. No widget in it."""

from typing import TYPE_CHECKING

from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.words import claim_source_word, claim_subject_word

if TYPE_CHECKING:
    from prep.claims.comparing import Contradiction, LocatedClaim
    from prep.claims.finding import ClaimGroup, ClaimsFound

SHOWN = 14
"""Cells for a claim as it was written."""
MOST = 60
"""Claims of one subject that are shown."""


def claim_entries(found: "ClaimsFound") -> tuple[Entry, ...]:
    """What contradicts itself, then all claims by what they are about."""
    if not found.groups:
        empty = _("No number, date or pay is claimed yet: write introductions, stories and HR answers first.")
        return (Entry("empty", (Cell(empty, "muted"),)),)
    return (*_contradictions(found), *(entry for group in found.groups for entry in _group(group)))


def _contradictions(found: "ClaimsFound") -> tuple[Entry, ...]:
    count = len(found.contradictions)
    heading = Entry("contradictions", (Cell(_("Contradictions")), Cell(str(count or ""), "warning")), heading=True)
    if not count:
        return (heading, Entry("none", (Cell(_("Nothing contradicts itself, as far as the words tell."), "muted"),)))
    return (heading, *(entry for index, pair in enumerate(found.contradictions) for entry in _pair(index, pair)))


def _pair(index: int, pair: "Contradiction") -> tuple[Entry, ...]:
    subject = Cell(claim_subject_word(pair.subject), "warning")
    between = Cell(f"  {pair.first.claim.shown} ≠ {pair.second.claim.shown}", "strong")
    return (
        Entry(f"pair:{index}", (subject, between)),
        _claim(f"pair-first:{index}", pair.first),
        _claim(f"pair-second:{index}", pair.second),
    )


def _group(group: "ClaimGroup") -> tuple[Entry, ...]:
    title = Cell(claim_subject_word(group.subject))
    heading = Entry(f"group:{group.subject}", (title, Cell(str(len(group.claims)))), heading=True)
    entries = [_claim(f"claim:{group.subject}:{index}", one) for index, one in enumerate(group.claims[:MOST])]
    left = len(group.claims) - MOST
    if left > 0:
        more = ngettext("and {n} more", "and {n} more", left).format(n=left)
        entries.append(Entry(f"more:{group.subject}", (Cell(more, "faint"),), still=True))
    return (heading, *entries)


def _claim(key: str, located: "LocatedClaim") -> Entry:
    claim = located.claim
    spans = (
        Cell(fit(claim.shown, SHOWN) + "  ", "key"),
        Cell(f"{where_words(located)}  ", "faint"),
        Cell(claim.sentence),
    )
    return Entry(key, spans, indent=SHOWN + 2, most=2)


def where_words(located: "LocatedClaim") -> str:
    """Where a claim stands: the kind of text, the company, the title."""
    source = located.source
    return " · ".join(filter(None, (claim_source_word(source.kind), source.company, " ".join(source.title.split()))))
