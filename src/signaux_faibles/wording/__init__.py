"""How values are written in French, everywhere."""
