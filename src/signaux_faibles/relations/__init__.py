"""Relations in, relations out: the two engines, the schemas, and what the common API lacks (decision 0001)."""
