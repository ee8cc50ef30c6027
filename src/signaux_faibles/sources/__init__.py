"""What administrations deliver: one contract per file type, by owner, and one reader for all of them."""
