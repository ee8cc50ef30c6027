"""BODACC: the notices of procédures collectives."""
