"""Procédures collectives, as Urssaf and BODACC report them."""
