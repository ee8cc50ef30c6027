"""What only evaluation may read."""
