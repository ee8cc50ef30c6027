"""Which companies are followed, each with the rule that keeps or excludes it (import-chain §6)."""
