"""Widgets that more than one screen uses. They get values and post messages; none opens a session."""
