"""What changed between a list and the one before, and what is read beside each change."""
