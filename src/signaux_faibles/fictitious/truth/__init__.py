"""The truth about the country, which only evaluations may read."""
