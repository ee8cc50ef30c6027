"""The tables computed from staging: one pure function a table, relations in, a relation out (import-chain §8)."""
