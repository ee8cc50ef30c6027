"""What happens to them: growth, debts, help, activité partielle, failure, takeover."""
