"""What a round was like, written down while memory is fresh."""
