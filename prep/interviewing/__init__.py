"""Mock interviews: what is asked when, who asks, what was answered, and what it covered."""
