"""Pictures of the main screens, made from the demo. ``make screenshots`` runs it."""
