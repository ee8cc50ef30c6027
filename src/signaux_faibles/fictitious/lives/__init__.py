"""What happens to them: growth, debts, help, short time, failure, takeover."""
