"""The annual accounts on the page of a company: amounts, ratios, place in the sector, days of filing."""
