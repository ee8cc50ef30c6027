"""What proves the reader: specimens of every type, their mutations, and fuzzing."""
