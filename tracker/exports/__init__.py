"""What the program writes for others, one module a format."""
