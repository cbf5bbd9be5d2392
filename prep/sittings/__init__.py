"""Practice, sitting by sitting: what is due, what was answered, how it went."""
