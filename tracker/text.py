"""Text from people: the one sanitiser at the border, and the one way names are compared."""

import re
import unicodedata

_CONTROLS = (
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"  # C0 without tab, newline, carriage return; DEL
    "\x80-\x84\x86-\x9f"  # C1 without NEL
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, embeddings, overrides, isolates
    "\ufeff\ufff9-\ufffb"  # stray byte-order marks, interlinear annotation
    "\ud800-\udfff"  # lone surrogates: no encoder takes them
    "\U000e0000-\U000e007f"  # tag characters: invisible text
    "]"
)
_LINE_ENDS = "\r\n?|\x85|\u2028|\u2029"


def sanitise(text: str) -> tuple[str, int]:
    r"""Strip what a terminal would obey instead of show, and bring all line ends to ``\n``.

    Zero-width joiners stay: scripts and emoji need them. Tabs and newlines stay.

    Returns:
        The clean text, and how many characters were removed.
    """
    if text.isprintable():
        # Nothing of all that is printable; most texts need not wait for the patterns.
        return text, 0
    clean, removed = re.subn(_CONTROLS, "", text)
    return re.sub(_LINE_ENDS, "\n", clean), removed


def sanitise_line(text: str) -> str:
    """One line of clean text: controls stripped, white space folded to single spaces, ends trimmed."""
    return " ".join(sanitise(text)[0].split())


def name_key(name: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, case folded, white space folded.

    Nothing else is stripped: 海康 and 海康威视 stay two names until a person says otherwise.
    """
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def fold_in_place(text: str) -> str:
    """The letters of a text as ``name_key`` compares them, one for one: every position stays what it was."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    if "\u3400" <= letter <= "\u9fff":
        return letter
    folded = unicodedata.normalize("NFKC", letter).casefold()
    return folded if len(folded) == 1 else letter
