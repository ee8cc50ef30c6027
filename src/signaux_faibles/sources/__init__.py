"""The files that administrations deliver: their contracts, and how they are found and read."""
