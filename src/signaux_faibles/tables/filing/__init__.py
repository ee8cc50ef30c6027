"""When accounts are due, and when they are filed."""
