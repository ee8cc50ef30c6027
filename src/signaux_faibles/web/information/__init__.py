"""Pages about the application itself: help, accessibility, legal notice, personal data."""
