"""Delimited files, line by line and record by record."""
