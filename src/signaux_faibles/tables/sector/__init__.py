"""The place of a company in its sector."""
