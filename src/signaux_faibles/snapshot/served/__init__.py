"""One module per subject: how it is served, how it is read, its row type."""
