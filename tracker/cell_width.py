"""How many columns a text takes where letters stand in cells: terminals, and charts that guess at a font."""

import unicodedata


def display_width(text: str) -> int:
    """Terminal columns of a text: two a Chinese character, none for what combines with the one before."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits into so many columns with an ellipsis."""
    if display_width(text) <= columns:
        return text
    kept, used = [], 0
    for character in text:
        used += _character_width(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"
