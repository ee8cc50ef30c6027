"""Searching the register: words, facets, the index, corrections of typing (decision record 0025-search)."""
