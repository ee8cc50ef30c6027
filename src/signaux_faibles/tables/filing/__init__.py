"""When accounts are due, and when they were filed."""
