"""Who may read what: pure functions, asked by every page."""
