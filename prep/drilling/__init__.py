"""What to practise before a round, and how well that foretold what was asked."""
