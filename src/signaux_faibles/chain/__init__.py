"""The month: read what was delivered, compute the tables, make a snapshot, publish, report."""
