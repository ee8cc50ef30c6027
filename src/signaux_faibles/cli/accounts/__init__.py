"""Accounts of the application: created, closed, reviewed."""
