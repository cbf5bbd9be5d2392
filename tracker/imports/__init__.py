"""Files as people have them, read into frozen findings. Nothing here writes to the database."""
