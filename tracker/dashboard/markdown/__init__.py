"""A person's Markdown, to be read in a terminal."""

from tracker.dashboard.markdown.plain import as_plain, flowing, opening

__all__ = ["as_plain", "flowing", "opening"]
