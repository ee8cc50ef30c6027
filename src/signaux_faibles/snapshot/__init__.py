"""What administrations said at a month: built, published, served and read."""
