"""Questions that may be one: told by their wording, suggested, and merged with all their practice."""
