"""The monthly run: from the deliveries of a batch to a snapshot (DESIGN §4)."""
