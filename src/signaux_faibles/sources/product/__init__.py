"""What the product itself delivers to its chain."""
