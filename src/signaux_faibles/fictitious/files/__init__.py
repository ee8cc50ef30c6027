"""What administrations would deliver about them, in the formats and with the defects of real files."""
