"""What a model knows of a company at a month, and how agents read it."""
