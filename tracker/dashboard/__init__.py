"""The dashboard: everything that imports Textual, and nothing that decides about data."""
