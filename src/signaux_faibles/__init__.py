"""Signaux Faibles: learn early which companies are in difficulty, and help the agents who help them."""
