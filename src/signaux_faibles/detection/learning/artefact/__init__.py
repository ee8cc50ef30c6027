"""A model as files without code: JSON, and trees as text; everything is checked before it is used."""
