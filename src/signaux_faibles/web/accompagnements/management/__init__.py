"""Commands of the follow-ups."""
