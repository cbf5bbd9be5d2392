"""Everything about one round: one frozen value, made in one place, and the forms that render it."""
