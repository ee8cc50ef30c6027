"""The second factor of local accounts: a code of an application, or a recovery code."""
