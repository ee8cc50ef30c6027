"""The joint learner: a ridge and a boosting added in log-odds, on any table of numbers, beside its baselines (0027)."""
