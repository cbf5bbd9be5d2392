"""What the attempts at questions add up to: FSRS over an append-only log."""
