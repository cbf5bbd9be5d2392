"""One line as people write it → what it would change, shown before anything is written."""
