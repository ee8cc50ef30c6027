"""Commands of the campagnes de contact."""
