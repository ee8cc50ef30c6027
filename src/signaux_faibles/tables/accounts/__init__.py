"""Annual accounts: cells, amounts, flags, ratios, and what is known about each company."""
