"""Pages of follow-ups: thin views over query objects, and their forms."""
