"""Who may read what: pure functions that every page calls."""
