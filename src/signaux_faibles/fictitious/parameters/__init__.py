"""The figures of the invented country, with their public sources."""
