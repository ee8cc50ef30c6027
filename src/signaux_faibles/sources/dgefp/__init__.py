"""DGEFP: activité partielle, asked for and consumed."""
