"""How INSEE names the files of its register."""

PUBLISHED = r"(20[0-9]{2}-[0-9]{2}-([0-9]{2}-)?)?"
"""What may stand before a name: the archives of past months begin with their month."""
