"""自我介绍: drafts and their versions, how long they take to say, and what to leave out."""
