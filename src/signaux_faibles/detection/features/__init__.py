"""What a model reads of a company at a month, and how agents read it."""
