"""A model as files without code: JSON, and the text of LightGBM; everything is checked before it is believed."""
