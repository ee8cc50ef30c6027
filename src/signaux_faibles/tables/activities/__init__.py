"""The activity of companies in both nomenclatures, and what one says of the other."""
