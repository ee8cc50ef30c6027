"""Clean tables: one function a table, relations in, a relation out; its columns above it."""
