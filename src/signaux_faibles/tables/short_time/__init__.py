"""Activité partielle: authorised and consumed."""
