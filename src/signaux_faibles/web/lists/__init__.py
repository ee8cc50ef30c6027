"""The published lists, as an agent reads them."""
