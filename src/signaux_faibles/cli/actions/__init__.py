"""What agents did: exported to the chain, imported from the applications before this one."""
