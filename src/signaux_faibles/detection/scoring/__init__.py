"""The scores of a month, and the reasons for each."""
