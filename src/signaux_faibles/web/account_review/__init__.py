"""The review of accounts by the correspondents of administrations: no company, no protected data."""
