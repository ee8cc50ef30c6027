"""Identity of companies and establishments, headcounts, directors."""
