"""The reader: from a delivered file, whatever its format, to typed rows and rejects."""
