"""Clean tables: one pure function per table, from relations to a relation, its columns above it (import-chain §8)."""
