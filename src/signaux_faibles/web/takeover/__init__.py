"""Taking over what agents wrote in the applications before this one: read, previewed, then written once."""
