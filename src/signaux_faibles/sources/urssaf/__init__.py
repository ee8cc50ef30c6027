"""Urssaf: headcounts, contributions, debts, payment plans, procedures."""
