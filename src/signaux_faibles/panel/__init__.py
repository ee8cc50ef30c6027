"""Company × month, as it was known at that month (DESIGN §2, §5)."""
