"""Forms and questions in bottom sheets, and the writes that their answers become."""
