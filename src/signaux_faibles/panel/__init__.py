"""Company × month, with what was known at that month."""
