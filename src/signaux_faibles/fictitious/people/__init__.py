"""Who lives there: companies, establishments, names, places, activities."""
