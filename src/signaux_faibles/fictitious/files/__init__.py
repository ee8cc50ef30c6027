"""What administrations would deliver of them, in the true formats with the true defects."""
