"""Speed and memory of the program, measured from outside in a real pseudo-terminal. ``make bench`` runs it."""
