"""A text that nothing shows by accident: not a ``repr``, not a log, not the locals of a traceback."""

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

MASK = "•••"


class Secret:
    """Holds a key. Whoever needs its text asks for it by name, where it is used."""

    __slots__ = ("_read",)

    def __init__(self, text: str) -> None:
        # Kept in a function: whatever prints the attributes of an object prints no text.
        self._read: Callable[[], str] = lambda: text

    def reveal(self) -> str:
        """The text itself."""
        return self._read()

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return MASK

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__
