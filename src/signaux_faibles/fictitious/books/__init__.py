"""Their annual accounts, cell by cell."""
