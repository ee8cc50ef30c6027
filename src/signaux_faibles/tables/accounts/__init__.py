"""Annual accounts: cells, amounts, flags, ratios, and what is known of each company."""
