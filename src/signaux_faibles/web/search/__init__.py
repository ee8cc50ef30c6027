"""Searching the whole register: results, suggestions while typing, a pasted list of identifiers."""
