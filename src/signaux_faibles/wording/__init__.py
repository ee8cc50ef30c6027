"""How values are written in French."""
