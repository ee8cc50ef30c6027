"""What administrations deliver: one contract a file type, by owner, and the reader that serves them all."""
