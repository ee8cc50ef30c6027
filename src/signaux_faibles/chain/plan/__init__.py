"""Which tables a snapshot holds, and what each is computed from."""
