"""The application: consultation, lists and rights, over one pinned snapshot (DESIGN §1, §6)."""
