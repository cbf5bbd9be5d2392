"""Offers and three-party agreements: what they are worth, how they compare, what each choice costs."""
