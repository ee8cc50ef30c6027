"""What is owed to Urssaf: contributions, debts, payment plans, and who takes over a closed account."""
