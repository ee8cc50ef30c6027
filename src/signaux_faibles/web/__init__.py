"""The application: consultation, lists and rights, over one pinned snapshot."""
