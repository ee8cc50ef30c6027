"""What agents do with the companies that they selected: open their follow-ups, fill a séance, launch a campagne."""
