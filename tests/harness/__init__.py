"""What the tests share: text tables, and rules checked on both engines."""
