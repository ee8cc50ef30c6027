"""What agents answer to the product: whether a detection helped them, and which figures are wrong."""
