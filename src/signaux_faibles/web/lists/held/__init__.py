"""The alerts of a list, held in memory in columns: what a page reads of all of them, before it shows fifty."""
