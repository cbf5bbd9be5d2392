"""Checklists of rounds, the templates they come from, and when their items are due."""
