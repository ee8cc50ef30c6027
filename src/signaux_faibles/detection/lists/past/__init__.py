"""Lists that the service published before this one, taken over into the archive (application §8.3, model §4.8)."""
