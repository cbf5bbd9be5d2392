"""Numbers, dates and pay that the person's texts claim, and where they contradict each other."""
