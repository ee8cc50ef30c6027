"""INSEE: the register of companies and establishments (SIRENE)."""
