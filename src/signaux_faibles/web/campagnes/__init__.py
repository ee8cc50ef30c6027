"""Campagnes de contact: a CODEFI shares out the companies to call; each is taken by one agent at a time."""
