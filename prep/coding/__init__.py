"""手撕: coding tasks, practised in an editor against the clock."""
