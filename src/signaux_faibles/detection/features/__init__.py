"""What a model knows about a company in a month, and how agents read it."""
