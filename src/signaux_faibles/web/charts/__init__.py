"""Charts drawn by the server, in SVG: they print, need no JavaScript, and stand in the PDF (decision 0022)."""
