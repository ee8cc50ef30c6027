"""Search and the sheet of a company."""
