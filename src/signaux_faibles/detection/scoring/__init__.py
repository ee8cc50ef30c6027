"""The scores of a month, and why each is what it is."""
