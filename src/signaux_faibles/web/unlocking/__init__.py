"""Unlocks: an agent says why, and reads for ninety days the data of a company out of their zone."""
