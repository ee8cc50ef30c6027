"""What a batch delivers: accepted, read once, kept in staging."""
