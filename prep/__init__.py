"""The preparation: question bank, checklists, introductions, briefings. Nothing here knows of the screen."""
