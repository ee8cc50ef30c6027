"""The notices of BODACC."""
